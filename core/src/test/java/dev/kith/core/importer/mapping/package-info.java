/** Tests of this package. */
@NullMarked
package dev.kith.core.importer.mapping;

import org.jspecify.annotations.NullMarked;
