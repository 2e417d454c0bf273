/**
 * What a caller has written, read strictly: JSON with the place of what is wrong in it, query
 * parameters, ids, cursors, changes by merge.
 */
@NullMarked
package dev.kith.core.input;

import org.jspecify.annotations.NullMarked;
