/** The promises of the event log, each as a test that fails when its mechanism is taken out. */
@NullMarked
package dev.kith.core.events;

import org.jspecify.annotations.NullMarked;
