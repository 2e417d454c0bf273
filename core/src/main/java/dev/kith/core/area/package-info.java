/**
 * What one running plugin (or core itself, the area {@code kith}) has for its own: threads,
 * connections, JSON mappers, validator, messages. None of that is shared between areas, so a
 * plugin that is switched off takes all of it along; beside it stand the clocks and watches of all.
 */
@NullMarked
package dev.kith.core.area;

import org.jspecify.annotations.NullMarked;
