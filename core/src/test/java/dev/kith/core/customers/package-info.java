/** Tests of customers over HTTP, on a real server with a real PostgreSQL. */
@NullMarked
package dev.kith.core.customers;

import org.jspecify.annotations.NullMarked;
