/**
 * The event log as seen from outside: what enters ({@link dev.kith.core.feed.EventDoor}), the feed
 * and the timeline that leave, and what the operator sees of subscriptions. Registered like any
 * plugin's routes, by {@link dev.kith.core.feed.EventsPlugin}.
 */
@NullMarked
package dev.kith.core.feed;

import org.jspecify.annotations.NullMarked;
