/**
 * Plugins of a node: starts each (loads it, migrates its schema, lets it register), and hands its area
 * to whoever wires what it declared; replaces it, stops it, takes it out of service. Switching one off
 * takes all of that back, so that not even its class loader stays.
 */
@NullMarked
package dev.kith.core.plugins;

import org.jspecify.annotations.NullMarked;
