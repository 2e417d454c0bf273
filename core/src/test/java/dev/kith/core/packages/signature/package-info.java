/** Tests of this package. */
@NullMarked
package dev.kith.core.packages.signature;

import org.jspecify.annotations.NullMarked;
