@NullMarked
package dev.kith.core.database;

import org.jspecify.annotations.NullMarked;
