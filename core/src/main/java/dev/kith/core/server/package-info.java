/**
 * The whole server as one object: {@link dev.kith.core.server.Node} puts the parts together in the
 * order in which they need each other, and takes them apart in reverse.
 */
@NullMarked
package dev.kith.core.server;

import org.jspecify.annotations.NullMarked;
