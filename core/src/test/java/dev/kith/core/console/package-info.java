/** What the console promises to a reader, in either language. */
@NullMarked
package dev.kith.core.console;

import org.jspecify.annotations.NullMarked;
