package dev.kith.core.consents;

import dev.kith.api.Personal;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A yes.
 *
 * @param channel for which it was given; none stands for all of them
 * @param textVersion which wording the person agreed to
 * @param evidence where the proof is, such as the number of a form
 * @param source where it was given; the name of the caller unless said
 * @param expiresAt when it ends by itself
 */
record NewConsent(
        @NotNull @Size(max = ConsentKey.PURPOSE_MAX) @Pattern(regexp = ConsentKey.PURPOSE)
                String purpose,
        @Nullable @Size(max = ConsentKey.CHANNEL_MAX) @Pattern(regexp = ConsentKey.CHANNEL)
                String channel,
        @NotBlank @Size(max = TEXT_VERSION_MAX) String textVersion,
        @Nullable @Personal @Size(min = 1, max = EVIDENCE_MAX) String evidence,
        @Nullable @Size(min = 1, max = SOURCE_MAX) String source,
        @Nullable Instant expiresAt) {

    static final int TEXT_VERSION_MAX = 100;
    static final int EVIDENCE_MAX = 500;
    static final int SOURCE_MAX = 100;

    static final NewConsent EXAMPLE =
            new NewConsent("marketing", "email", "2026-01", "form 4711", "website", null);

    ConsentKey key() {
        return new ConsentKey(purpose, channel);
    }
}
