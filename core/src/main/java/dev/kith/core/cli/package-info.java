/**
 * The command line: {@link dev.kith.core.cli.Kith} lists the commands. {@code serve} is the server;
 * the others talk to it over HTTP, where the same settings say it is. What they print is for people;
 * with {@code --json} it is for scripts.
 */
@NullMarked
package dev.kith.core.cli;

import org.jspecify.annotations.NullMarked;
