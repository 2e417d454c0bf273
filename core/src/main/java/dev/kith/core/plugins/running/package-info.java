/**
 * The place of each plugin on this node: what runs in it, what it was given, the state it is in
 * and the steps that brought it there.
 */
@NullMarked
package dev.kith.core.plugins.running;

import org.jspecify.annotations.NullMarked;
