/** Tests of how commands find the server. */
@NullMarked
package dev.kith.core.client;

import org.jspecify.annotations.NullMarked;
