@NullMarked
package dev.kith.core.loading;

import org.jspecify.annotations.NullMarked;
