/** Whether this node lives and may be sent work: {@code /health/*} and {@code /metrics}. */
@NullMarked
package dev.kith.core.http.health;

import org.jspecify.annotations.NullMarked;
