/**
 * The settings: one file ({@code config/kith.yaml}) and the environment, read into records that check
 * themselves. {@link dev.kith.core.settings.Settings} is the list of all of them, with defaults; a
 * new one is a component there and a line in the file. Whatever is wrong or unknown is collected and
 * reported at once, with its place, and stops the start.
 */
@NullMarked
package dev.kith.core.settings;

import org.jspecify.annotations.NullMarked;
