@NullMarked
package dev.kith.messages;

import org.jspecify.annotations.NullMarked;
