/**
 * A plugin's jar becomes a plugin: what its manifest and its description say, whether it may be
 * loaded, its class loader with its own libraries, and what is left of it when it has gone. PF4J's
 * types do not leave this package.
 */
@NullMarked
package dev.kith.core.loading;

import org.jspecify.annotations.NullMarked;
