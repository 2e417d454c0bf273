/** The smallest plugin: one route, one page. */
@NullMarked
package dev.kith.hello;

import org.jspecify.annotations.NullMarked;
