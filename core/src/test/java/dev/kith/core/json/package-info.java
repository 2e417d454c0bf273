/** Tests of this package. */
@NullMarked
package dev.kith.core.json;

import org.jspecify.annotations.NullMarked;
