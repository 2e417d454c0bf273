@NullMarked
package dev.kith.core.schema;

import org.jspecify.annotations.NullMarked;
