/**
 * Messages that reach people. Another area publishes {@code message.requested}; a {@link
 * dev.kith.messages.Delivery} keeps what becomes of it. Whether it may go is decided right before
 * every attempt ({@code Sending}): consent, quiet hours, how many the customer has had. It is then
 * carried outside any transaction ({@code MailCarrier}, {@code GatewayCarrier}) and ends as {@code
 * message.sent}, {@code message.suppressed} or {@code message.failed}.
 *
 * <p>Read {@link dev.kith.messages.MessagesPlugin} first, then {@code Sending}.
 */
@NullMarked
package dev.kith.messages;

import org.jspecify.annotations.NullMarked;
