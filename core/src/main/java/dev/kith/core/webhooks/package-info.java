/**
 * Webhooks: programs outside are told of events by HTTP, signed as Standard Webhooks has it. A
 * webhook is a position in the log and a queue of sends: {@code Telling} turns the events behind the
 * position into sends, {@code Telegram} makes the call for one of them.
 */
@NullMarked
package dev.kith.core.webhooks;

import org.jspecify.annotations.NullMarked;
