@NullMarked
package dev.kith.hello;

import org.jspecify.annotations.NullMarked;
