/**
 * The event log as the bus: {@link dev.kith.core.events.Dispatcher} knows which subscriptions have
 * something to do, {@link dev.kith.core.events.Delivery} hands one shard's next events to a handler
 * and moves the cursor in the same transaction, {@link dev.kith.core.events.SetAside} keeps what a
 * handler could not take. {@link dev.kith.core.events.Horizon} says how far readers may look.
 */
@NullMarked
package dev.kith.core.events;

import org.jspecify.annotations.NullMarked;
