/**
 * Migrations of core and of plugins: each in its own schema, by its own role, within a limit, and only
 * such as the version that still runs can live with.
 */
@NullMarked
package dev.kith.core.migrations;

import org.jspecify.annotations.NullMarked;
