/**
 * Consents: to what a person has said yes or no, under which text, and what they said before. The
 * current answer is a row per customer, purpose and channel; every answer ever given is a row of its
 * own that nothing changes. Other areas ask with {@link dev.kith.api.Read#consents} where the effect
 * happens, and hear of changes as {@code consent.given} and {@code consent.withdrawn}.
 */
@NullMarked
package dev.kith.core.consents;

import org.jspecify.annotations.NullMarked;
