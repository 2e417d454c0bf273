/**
 * Customers who bring customers. Somebody gives a {@link dev.kith.referrals.Code} away; whoever comes
 * with it makes a {@link dev.kith.referrals.Claim}, which a first purchase qualifies; then both sides
 * are rewarded, by asking whichever area grants points with {@code reward.requested}. A claim that is
 * refused is kept with its reason, and one that a refund makes void takes its rewards back.
 *
 * <p>Read {@link dev.kith.referrals.ReferralsPlugin} first, then {@code Claims}, which decides, and
 * {@code Persons}, which says why two claims at once cannot close a circle.
 */
@NullMarked
package dev.kith.referrals;

import org.jspecify.annotations.NullMarked;
