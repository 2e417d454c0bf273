/**
 * Threads as Linux knows them: their numbers, what processor time they took, and how they are
 * put behind others.
 */
@NullMarked
package dev.kith.core.threads;

import org.jspecify.annotations.NullMarked;
