/** What all commands share: how they reach the server, what they say, and how they end. */
@NullMarked
package dev.kith.core.cli.tell;

import org.jspecify.annotations.NullMarked;
