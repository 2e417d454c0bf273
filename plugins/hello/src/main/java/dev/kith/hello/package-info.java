/** Greets: the documentation's first example, with one route and one page. */
@NullMarked
package dev.kith.hello;

import org.jspecify.annotations.NullMarked;
