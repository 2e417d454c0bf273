/** Points that customers earn, keep and spend. */
@NullMarked
package dev.kith.loyalty;

import org.jspecify.annotations.NullMarked;
