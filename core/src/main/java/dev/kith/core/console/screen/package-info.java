/**
 * What every page is shown in: the frame with its menu, the reader's language and time zone, and
 * the files that belong to it.
 */
@NullMarked
package dev.kith.core.console.screen;

import org.jspecify.annotations.NullMarked;
