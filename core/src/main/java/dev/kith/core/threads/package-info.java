/** Threads as Linux knows them: which is which, and how one is put behind others. */
@NullMarked
package dev.kith.core.threads;

import org.jspecify.annotations.NullMarked;
