/** What only shows when all areas run together. */
@NullMarked
package dev.kith.story;

import org.jspecify.annotations.NullMarked;
