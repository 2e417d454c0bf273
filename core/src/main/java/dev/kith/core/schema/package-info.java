/**
 * What a migration does to a schema that somebody works on: read from its text before it runs, and
 * from the database's catalogue when it has run and is not committed yet.
 */
@NullMarked
package dev.kith.core.schema;

import org.jspecify.annotations.NullMarked;
