/**
 * What happens later: timers and repeating jobs, whose effect and rescheduling commit together, and
 * sends, whose effects lie outside the database.
 */
@NullMarked
package dev.kith.core.jobs;

import org.jspecify.annotations.NullMarked;
