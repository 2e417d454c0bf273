@NullMarked
package dev.kith.surveys;

import org.jspecify.annotations.NullMarked;
