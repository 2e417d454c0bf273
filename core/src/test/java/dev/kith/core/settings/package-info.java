/** Tests of the settings. */
@NullMarked
package dev.kith.core.settings;

import org.jspecify.annotations.NullMarked;
