/**
 * Finds out what holds on to an object: reads a dump of the heap, as HotSpot writes it, and follows
 * references from its roots. Nothing of a dump is kept but where each object lies in the file.
 */
@NullMarked
package dev.kith.testkit.heap;

import org.jspecify.annotations.NullMarked;
