/**
 * Knowledge across plugins: {@link dev.kith.core.facts.Facts} asks a plugin about many customers at
 * once and takes no answer for "unknown"; {@link dev.kith.core.facts.Expressions} compiles
 * conditions over facts that come out as yes, no or unknown.
 */
@NullMarked
package dev.kith.core.facts;

import org.jspecify.annotations.NullMarked;
