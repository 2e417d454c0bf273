@NullMarked
package dev.kith.core.facts;

import org.jspecify.annotations.NullMarked;
