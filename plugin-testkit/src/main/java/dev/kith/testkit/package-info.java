/** The real server and a real PostgreSQL for the tests of a plugin. */
@NullMarked
package dev.kith.testkit;

import org.jspecify.annotations.NullMarked;
