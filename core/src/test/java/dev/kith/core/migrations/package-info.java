@NullMarked
package dev.kith.core.migrations;

import org.jspecify.annotations.NullMarked;
