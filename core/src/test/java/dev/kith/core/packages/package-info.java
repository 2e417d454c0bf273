@NullMarked
package dev.kith.core.packages;

import org.jspecify.annotations.NullMarked;
