/**
 * What happens to a request once it has a thread: decoding and validation, the handler in its
 * transaction, idempotency and audit, and the answer. Nothing here knows about sockets; {@link
 * dev.kith.core.call.ApiRoute} takes an {@link dev.kith.core.call.Asked} and gives an {@link
 * dev.kith.core.call.Answer}.
 */
@NullMarked
package dev.kith.core.call;

import org.jspecify.annotations.NullMarked;
