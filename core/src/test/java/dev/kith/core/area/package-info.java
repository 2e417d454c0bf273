/** What an area has for its own. */
@NullMarked
package dev.kith.core.area;

import org.jspecify.annotations.NullMarked;
