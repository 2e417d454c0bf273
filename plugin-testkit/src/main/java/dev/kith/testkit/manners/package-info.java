/**
 * The HTTP contract as a table: every manner over every route. Which routes there are is asked of
 * the server, so one that is added is checked without a line of test.
 */
@NullMarked
package dev.kith.testkit.manners;

import org.jspecify.annotations.NullMarked;
