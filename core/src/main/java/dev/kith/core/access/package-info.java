/**
 * Who calls: API keys, the administrator's key, the console's sessions and one-time links, and how
 * often each may call. {@link dev.kith.core.access.Access} turns what a request carries into a
 * {@link dev.kith.core.call.Principal}.
 */
@NullMarked
package dev.kith.core.access;

import org.jspecify.annotations.NullMarked;
