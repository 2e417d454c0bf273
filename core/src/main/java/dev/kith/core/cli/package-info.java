/** The command line: every command of the launcher. */
@NullMarked
package dev.kith.core.cli;

import org.jspecify.annotations.NullMarked;
