/**
 * Forms of the console and of public pages: their fields as typed values, and each sending of a
 * form taken once.
 */
@NullMarked
package dev.kith.core.call.form;

import org.jspecify.annotations.NullMarked;
