package dev.kith.api;

import java.time.Instant;
import java.util.Locale;

/**
 * What a template needs to speak the reader's language.
 *
 * <pre>
 * &lt;h2&gt;${screen.text("warranty.claim", claim.number())}&lt;/h2&gt;
 * &lt;time&gt;${screen.time(claim.createdAt())}&lt;/time&gt;
 * </pre>
 */
public interface Screen {

    /** The reader's language. */
    Locale locale();

    /** The message of that key in the reader's language, with {@code {0}} filled in. */
    String text(String key, Object... arguments);

    /** A moment in the deployment's time zone and the reader's language. */
    String time(Instant instant);

    /** A whole number with the reader's grouping. */
    String number(long value);

    /** An amount with its currency. */
    String money(Money money);

    /** The token every form posts as {@code csrf}. */
    String csrf();
}
