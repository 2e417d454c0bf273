/**
 * Tests of a plugin against the real server: {@link dev.kith.testkit.TestCrm} starts one in this
 * process, on a real PostgreSQL, with the plugin loaded as in production, and has the verbs to act
 * on it without waiting; {@link dev.kith.testkit.PluginContract} is what every plugin must keep.
 */
@NullMarked
package dev.kith.testkit;

import org.jspecify.annotations.NullMarked;
