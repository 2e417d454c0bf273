/** The server as a whole, and what it looks after again and again. */
@NullMarked
package dev.kith.core.server;

import org.jspecify.annotations.NullMarked;
