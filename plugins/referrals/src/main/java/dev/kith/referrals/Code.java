package dev.kith.referrals;

import dev.kith.api.AboutCustomer;
import dev.kith.api.CustomerId;
import dev.kith.api.ForeignId;
import dev.kith.api.Personal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a customer gives away to invite others.
 *
 * @param code as it is printed; small letters, hyphens and blanks make no difference
 * @param chosen or made by the server, and not to be guessed
 * @param link the page behind it, for whoever was invited
 * @param qrSvg the link as a QR code, an SVG image; left out in lists
 */
record Code(
        @Personal String code,
        CustomerId customerId,
        boolean chosen,
        @Personal URI link,
        Instant createdAt,
        @Nullable @Personal String qrSvg) {

    /** What a code is asked for with; without {@code code} the server makes one. */
    record Wanted(
            @Nullable CustomerId customerId,
            @Nullable @Valid ForeignId customer,
            @Nullable
                    @Personal
                    @Size(min = CodeText.CHOSEN_MIN, max = CodeText.CHOSEN_MAX)
                    @Pattern(regexp = CodeText.CHOSEN)
                    String code)
            implements AboutCustomer {}
}
