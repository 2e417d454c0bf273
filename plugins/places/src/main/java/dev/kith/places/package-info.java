/**
 * Places: where customers are told something because of where they are. A fence is a circle or an
 * area on the map. An observation, sent by the app of somebody who has consented to {@code
 * location.precise}, is compared with all fences and forgotten: what stays is which fence was
 * entered and left. Entering one may meet a promotion, whose audience, hours, caps and budget decide,
 * and whose every decision is kept with its reason.
 */
@NullMarked
package dev.kith.places;

import org.jspecify.annotations.NullMarked;
