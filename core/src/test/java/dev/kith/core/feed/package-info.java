/** The log as its readers outside see it. */
@NullMarked
package dev.kith.core.feed;

import org.jspecify.annotations.NullMarked;
