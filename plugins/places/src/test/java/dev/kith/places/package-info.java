/** What places promises, on the real server. */
@NullMarked
package dev.kith.places;

import org.jspecify.annotations.NullMarked;
