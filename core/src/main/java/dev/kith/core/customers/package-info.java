/**
 * Customers: who they are, how they are reached and how they are found. Written as a plugin like any
 * other, through {@link dev.kith.api.Crm} alone.
 */
@NullMarked
package dev.kith.core.customers;

import org.jspecify.annotations.NullMarked;
