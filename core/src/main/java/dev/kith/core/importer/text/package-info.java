/**
 * Delimited text of the shape it is said to have, as rows: the encoding found out, each row with
 * its line, broken rows told and not lost. Knows nothing of customers.
 */
@NullMarked
package dev.kith.core.importer.text;

import org.jspecify.annotations.NullMarked;
