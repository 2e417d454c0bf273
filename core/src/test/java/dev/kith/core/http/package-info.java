/** The manners over a real socket and a real database, with a plugin that has one of everything. */
@NullMarked
package dev.kith.core.http;

import org.jspecify.annotations.NullMarked;
