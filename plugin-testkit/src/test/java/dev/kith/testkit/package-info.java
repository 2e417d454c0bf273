@NullMarked
package dev.kith.testkit;

import org.jspecify.annotations.NullMarked;
