/**
 * What a row means: a mapping's templates and transforms make of rows the customers and events
 * they stand for, rows that belong together gathered first.
 */
@NullMarked
package dev.kith.core.importer.mapping;

import org.jspecify.annotations.NullMarked;
