@NullMarked
package dev.kith.complaints;

import org.jspecify.annotations.NullMarked;
