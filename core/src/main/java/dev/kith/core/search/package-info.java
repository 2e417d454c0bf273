/**
 * How customers are found: {@link dev.kith.core.search.SearchTokens} says under which tokens, {@link
 * dev.kith.core.search.SearchQuery} which of them a typed text asks for. Pure logic; the index over
 * the tokens is the customers' table's.
 */
@NullMarked
package dev.kith.core.search;

import org.jspecify.annotations.NullMarked;
