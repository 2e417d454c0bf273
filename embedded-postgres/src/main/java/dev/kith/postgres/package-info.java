/** Starts and stops a real, durable PostgreSQL of our own. */
@NullMarked
package dev.kith.postgres;

import org.jspecify.annotations.NullMarked;
