/** Timers, repeating jobs, and effects outside the database. */
@NullMarked
package dev.kith.core.jobs;

import org.jspecify.annotations.NullMarked;
