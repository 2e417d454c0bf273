/** What the documents are made of. */
@NullMarked
package dev.kith.core.openapi;

import org.jspecify.annotations.NullMarked;
