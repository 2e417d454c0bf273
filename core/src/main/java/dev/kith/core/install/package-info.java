/**
 * Installing plugins and taking them away: uploaded packages, the plan an operator sees before
 * anything is loaded, and what becomes of the data. All nodes follow what is in the database.
 */
@NullMarked
package dev.kith.core.install;

import org.jspecify.annotations.NullMarked;
