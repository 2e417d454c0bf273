/**
 * Routes that take NDJSON: each line is read, checked and answered by itself, many in one
 * transaction.
 */
@NullMarked
package dev.kith.core.call.lines;

import org.jspecify.annotations.NullMarked;
