/** The commands about plugins: make one, sign it, install, replace and remove it. */
@NullMarked
package dev.kith.core.cli.plugin;

import org.jspecify.annotations.NullMarked;
