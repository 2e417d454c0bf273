/** What all commands share: how they reach the server, how they tell a failure, and how they end. */
@NullMarked
package dev.kith.core.cli.tell;

import org.jspecify.annotations.NullMarked;
