package dev.kith.core.consents;

import dev.kith.api.Personal;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A no.
 *
 * @param evidence where the proof is, such as the number of a letter
 * @param source where it was said; the name of the caller unless said
 */
record Withdrawal(
        @Nullable @Personal @Size(min = 1, max = NewConsent.EVIDENCE_MAX) String evidence,
        @Nullable @Size(min = 1, max = NewConsent.SOURCE_MAX) String source) {

    static final Withdrawal EXAMPLE = new Withdrawal("letter of 5 January", "post");
}
