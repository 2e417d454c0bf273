/**
 * Effects outside the database, such as an e-mail: written down with the change that wants them,
 * tried until they succeed or are parked, never twice on purpose.
 */
@NullMarked
package dev.kith.core.sends;

import org.jspecify.annotations.NullMarked;
