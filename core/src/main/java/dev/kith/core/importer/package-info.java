/**
 * {@code kith import}: delimited text of any shape, row by row, into customers and events of the
 * running server, over HTTP like anybody's. {@link dev.kith.core.importer.text.DelimitedReader}
 * makes rows of the text, {@link dev.kith.core.importer.mapping.Mapping} says what a row means,
 * {@link dev.kith.core.importer.Import} sends it. Memory does not grow with the file, and
 * running the same import again changes nothing, because every event has a key.
 */
@NullMarked
package dev.kith.core.importer;

import org.jspecify.annotations.NullMarked;
