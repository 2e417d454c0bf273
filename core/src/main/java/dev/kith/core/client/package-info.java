/**
 * How a command finds the running server and talks to it: the address and the administrator's token
 * lie in {@code <data>/run}, readable by their owner alone, and calls go over HTTP like anybody's.
 */
@NullMarked
package dev.kith.core.client;

import org.jspecify.annotations.NullMarked;
