/** Tests of this package. */
@NullMarked
package dev.kith.core.sends;

import org.jspecify.annotations.NullMarked;
