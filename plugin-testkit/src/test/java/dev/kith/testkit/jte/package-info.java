@NullMarked
package dev.kith.testkit.jte;

import org.jspecify.annotations.NullMarked;
