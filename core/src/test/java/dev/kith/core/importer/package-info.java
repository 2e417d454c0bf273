/** Tests of the import. */
@NullMarked
package dev.kith.core.importer;

import org.jspecify.annotations.NullMarked;
