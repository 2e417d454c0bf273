package dev.kith.testkit.heap;

import java.lang.ref.WeakReference;

/**
 * An object that should be gone, marked so that a dump of the heap tells which it is.
 *
 * @param object nothing but this may be held by whoever asks
 */
public record Suspect(WeakReference<?> object) {}
