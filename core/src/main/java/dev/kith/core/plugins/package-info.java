/**
 * Plugins: finds them in a folder, loads each with a class loader of its own, migrates its schema,
 * lets it register, and hands its area to whoever wires what it declared. Switching one off takes
 * all of that back, so that not even its class loader stays. PF4J's types do not leave this package.
 */
@NullMarked
package dev.kith.core.plugins;

import org.jspecify.annotations.NullMarked;
