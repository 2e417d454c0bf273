/**
 * Packages: the jar of one version of a plugin, seen from outside. What it says about itself,
 * and whether its archive can be trusted to be read; {@link dev.kith.core.packages.signature}
 * says who vouches for it. Nothing in here loads a class of a package.
 */
@NullMarked
package dev.kith.core.packages;

import org.jspecify.annotations.NullMarked;
