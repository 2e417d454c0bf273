/**
 * Core's own rooms: home, customers, plugins, keys, deliveries, work, attributes. Declared by
 * {@link dev.kith.core.console.rooms.ConsolePlugin} as any plugin declares its pages.
 */
@NullMarked
package dev.kith.core.console.rooms;

import org.jspecify.annotations.NullMarked;
