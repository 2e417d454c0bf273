/** Timers and repeating jobs, and the node that effects outside the database share with them. */
@NullMarked
package dev.kith.core.jobs;

import org.jspecify.annotations.NullMarked;
