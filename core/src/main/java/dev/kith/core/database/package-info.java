/**
 * Transactions: {@link dev.kith.core.database.UnitOfWork} runs a piece of work in exactly one,
 * buffers what it publishes, and appends that as the last statement before the commit.
 */
@NullMarked
package dev.kith.core.database;

import org.jspecify.annotations.NullMarked;
