/**
 * What authors of plugins work with: a new plugin's folder, and a server that takes up every build of
 * it while it runs.
 */
@NullMarked
package dev.kith.core.author;

import org.jspecify.annotations.NullMarked;
