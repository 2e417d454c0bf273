/** What goes wrong below, and how it is told without telling what is stored. */
@NullMarked
package dev.kith.core.failure;

import org.jspecify.annotations.NullMarked;
