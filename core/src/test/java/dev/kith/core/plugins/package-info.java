@NullMarked
package dev.kith.core.plugins;

import org.jspecify.annotations.NullMarked;
