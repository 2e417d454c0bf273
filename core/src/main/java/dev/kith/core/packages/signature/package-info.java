/**
 * Who vouches for a package: Ed25519 over a list of every entry's SHA-256, the keys an operator
 * trusts, and those that were revoked.
 */
@NullMarked
package dev.kith.core.packages.signature;

import org.jspecify.annotations.NullMarked;
