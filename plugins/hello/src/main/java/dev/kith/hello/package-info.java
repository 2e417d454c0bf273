/** Greets: the documentation's first example, with one route, one page and one public form. */
@NullMarked
package dev.kith.hello;

import org.jspecify.annotations.NullMarked;
