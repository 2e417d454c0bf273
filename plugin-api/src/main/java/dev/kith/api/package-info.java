/** All that a plugin compiles against: interfaces and records, no implementation. */
@NullMarked
package dev.kith.api;

import org.jspecify.annotations.NullMarked;
