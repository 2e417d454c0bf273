/**
 * What a plugin declared, as plain values: {@link dev.kith.core.registry.Registration} collects
 * them while {@code register} runs, and the server's parts (HTTP, delivery, jobs, console) read
 * {@link dev.kith.core.registry.Parts} afterwards.
 */
@NullMarked
package dev.kith.core.registry;

import org.jspecify.annotations.NullMarked;
