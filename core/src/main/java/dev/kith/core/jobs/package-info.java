/** What happens later: timers and repeating jobs, whose effect and rescheduling commit together. */
@NullMarked
package dev.kith.core.jobs;

import org.jspecify.annotations.NullMarked;
