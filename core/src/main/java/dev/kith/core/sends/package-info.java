/**
 * Effects outside the database, such as an e-mail: written down with the change that wants them,
 * then tried under a stable id until they succeed or are parked; at least once.
 */
@NullMarked
package dev.kith.core.sends;

import org.jspecify.annotations.NullMarked;
