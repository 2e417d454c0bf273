/**
 * JSON in one form: strict for what callers write, tolerant for the payloads of events, the same
 * for all that is written.
 */
@NullMarked
package dev.kith.core.json;

import org.jspecify.annotations.NullMarked;
