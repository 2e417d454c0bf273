/**
 * What is known of one customer, as values: {@link dev.kith.core.customers.profile.Profile} as
 * it stands, {@link dev.kith.core.customers.profile.Draft} as somebody wants it.
 */
@NullMarked
package dev.kith.core.customers.profile;

import org.jspecify.annotations.NullMarked;
