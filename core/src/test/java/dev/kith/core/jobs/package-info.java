/** Timers and repeating jobs. */
@NullMarked
package dev.kith.core.jobs;

import org.jspecify.annotations.NullMarked;
