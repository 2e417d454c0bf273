/** Phone numbers and e-mail addresses in the one form in which they are stored and compared. */
@NullMarked
package dev.kith.core.contact;

import org.jspecify.annotations.NullMarked;
