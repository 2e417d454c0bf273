/** Where the database is, who may come in as whom, and how many connections each area has. */
@NullMarked
package dev.kith.core.connections;

import org.jspecify.annotations.NullMarked;
