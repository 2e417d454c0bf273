@NullMarked
package dev.kith.core.demo;

import org.jspecify.annotations.NullMarked;
