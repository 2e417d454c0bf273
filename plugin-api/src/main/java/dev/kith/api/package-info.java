/**
 * All that a plugin compiles against. Start at {@link dev.kith.api.CrmPlugin}, whose {@code
 * register} reads like a table of contents, then {@link dev.kith.api.Crm}, the verbs.
 *
 * <p>Three rules explain most of what is here. A handler gets a {@link dev.kith.api.Transaction}
 * (or only a {@link dev.kith.api.Read}) first and returns or throws; there are no futures. Areas
 * never call each other: they publish events and ask for facts. Everything a caller can do wrong is
 * an {@link dev.kith.api.ErrorCode}, and the server alone turns it into an HTTP answer.
 */
@NullMarked
package dev.kith.api;

import org.jspecify.annotations.NullMarked;
