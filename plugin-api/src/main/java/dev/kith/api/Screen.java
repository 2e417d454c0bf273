package dev.kith.api;

import java.time.Instant;
import java.util.Locale;

/**
 * What a template needs to speak the reader's language.
 *
 * {@snippet :
 * <h2>${screen.text("warranty.claim", claim.number())}</h2>
 * <time>${screen.time(claim.createdAt())}</time>
 * }
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
