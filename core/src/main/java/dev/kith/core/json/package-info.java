/** JSON as every route and event writes it: strict, with times and decimals in one form. */
@NullMarked
package dev.kith.core.json;

import org.jspecify.annotations.NullMarked;
