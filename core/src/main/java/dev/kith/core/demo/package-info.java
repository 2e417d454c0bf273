/**
 * Fills an empty server with a company that does not exist, so that whoever tries Kith sees a console
 * that lives. All of it goes through the public API, with a seed: it is the same company every time.
 */
@NullMarked
package dev.kith.core.demo;

import org.jspecify.annotations.NullMarked;
