/** Tests of one request and its answer. */
@NullMarked
package dev.kith.core.http.exchange;

import org.jspecify.annotations.NullMarked;
