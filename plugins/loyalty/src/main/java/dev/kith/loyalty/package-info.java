/**
 * Points that customers earn, keep and spend. Every purchase adds one {@link
 * dev.kith.loyalty.Entry}, also when it earns nothing and the entry says why; an {@link
 * dev.kith.loyalty.Account} is the sum of its entries. Points that are about to be spent are held
 * first and captured or released later; a hold nobody decides lapses. Other areas grant points by
 * publishing {@code reward.requested} and know a balance by the fact {@code loyalty.points}.
 *
 * <p>Read {@link dev.kith.loyalty.LoyaltyPlugin} first, then {@code Ledger}.
 */
@NullMarked
package dev.kith.loyalty;

import org.jspecify.annotations.NullMarked;
