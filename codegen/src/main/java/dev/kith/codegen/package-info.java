/** Generates jOOQ classes from migrations, by running them on a real PostgreSQL. */
@NullMarked
package dev.kith.codegen;

import org.jspecify.annotations.NullMarked;
