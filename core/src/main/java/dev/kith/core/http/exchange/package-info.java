/**
 * One request and its answer as the manners see it: its headers read once, its body within
 * limits, its origin, and how it ends.
 */
@NullMarked
package dev.kith.core.http.exchange;

import org.jspecify.annotations.NullMarked;
