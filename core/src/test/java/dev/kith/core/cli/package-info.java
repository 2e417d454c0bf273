/** Tests of the command line. */
@NullMarked
package dev.kith.core.cli;

import org.jspecify.annotations.NullMarked;
