/**
 * The console: pages rendered on the server. {@link dev.kith.core.console.Console} serves the
 * pages, panels and cards that an area declared with {@code crm.page}, {@code crm.customerPanel}
 * and {@code crm.card}, each on that area's own threads; a handler answers a {@link
 * dev.kith.api.View} and the console renders it inside the layout. Core's rooms ({@link
 * dev.kith.core.console.rooms.ConsolePlugin}) are declared in the same way. What a form changes,
 * it changes through the HTTP API, so there is one way to do each thing.
 */
@NullMarked
package dev.kith.core.console;

import org.jspecify.annotations.NullMarked;
