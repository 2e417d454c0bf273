/** Tests of this package. */
@NullMarked
package dev.kith.core.importer.text;

import org.jspecify.annotations.NullMarked;
