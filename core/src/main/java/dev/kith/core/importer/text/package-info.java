/**
 * Delimited text of any shape as rows: the encoding found out, the shape guessed or given, each
 * row with its line, broken rows told and not lost. Knows nothing of customers.
 */
@NullMarked
package dev.kith.core.importer.text;

import org.jspecify.annotations.NullMarked;
