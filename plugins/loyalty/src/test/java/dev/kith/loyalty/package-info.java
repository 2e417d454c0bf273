@NullMarked
package dev.kith.loyalty;

import org.jspecify.annotations.NullMarked;
