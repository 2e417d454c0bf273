/** What the commands, and what they run, say in the language of whoever runs them. */
@NullMarked
package dev.kith.core.words;

import org.jspecify.annotations.NullMarked;
