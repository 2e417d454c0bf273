/** Whether this node lives and may be sent work: {@code /health/*}. */
@NullMarked
package dev.kith.core.http.health;

import org.jspecify.annotations.NullMarked;
