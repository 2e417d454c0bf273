/** The server. */
@NullMarked
package dev.kith.core;

import org.jspecify.annotations.NullMarked;
