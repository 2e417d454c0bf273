/**
 * Customers in the database: their rows, how they are found by token and filter, and the order
 * in which pages follow each other.
 */
@NullMarked
package dev.kith.core.customers.table;

import org.jspecify.annotations.NullMarked;
