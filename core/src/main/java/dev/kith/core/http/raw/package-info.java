/**
 * Routes that write their answer themselves: streams, files, pages. The way in for the parts of
 * core that need it; {@link dev.kith.core.http.raw.RawRoute} says what such a route promises.
 */
@NullMarked
package dev.kith.core.http.raw;

import org.jspecify.annotations.NullMarked;
