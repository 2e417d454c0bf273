package dev.kith.core.feed;

import dev.kith.api.Money;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes from outside: tills, shops and people. */
final class Outside {

    static final int TEXT_MAX = 200;
    static final int NOTE_MAX = 2_000;
    static final int LINES_MAX = 1_000;
    static final int QUANTITY_DIGITS = 12;
    static final int QUANTITY_DECIMALS = 6;

    private Outside() {}

    record Purchase(
            @NotBlank @Size(max = TEXT_MAX) String orderId,
            @Nullable @Size(max = TEXT_MAX) String channel,
            @Nullable @Size(max = TEXT_MAX) String unitId,
            @NotNull Money amount,
            @Nullable @Size(max = TEXT_MAX) String referralCode,
            @Nullable @Size(max = LINES_MAX) List<@NotNull @Valid Line> lines) {

        @AssertTrue(message = "amount must not be negative; a return is purchase.refunded")
        boolean isAmountNotNegative() {
            return amount == null || amount.minorUnits() >= 0;
        }
    }

    record Line(
            @NotBlank @Size(max = TEXT_MAX) String lineId,
            @NotBlank @Size(max = TEXT_MAX) String sku,
            @Nullable @Size(max = TEXT_MAX) String category,
            @NotNull @Digits(integer = QUANTITY_DIGITS, fraction = QUANTITY_DECIMALS)
                    BigDecimal quantity,
            @NotNull Money amount) {}

    record Refund(
            @NotBlank @Size(max = TEXT_MAX) String refundId,
            @Nullable @Size(max = TEXT_MAX) String orderId,
            @NotNull Money amount,
            @Nullable @Size(max = LINES_MAX) List<@NotNull @Valid Line> lines) {

        @AssertTrue(message = "amount must not be negative: it is what was paid back")
        boolean isAmountNotNegative() {
            return amount == null || amount.minorUnits() >= 0;
        }
    }

    record Visit(
            @Nullable @Size(max = TEXT_MAX) String channel,
            @Nullable @Size(max = TEXT_MAX) String unitId,
            @Nullable @Size(max = NOTE_MAX) String note) {}

    record Call(
            @NotNull Direction direction,
            @Nullable @PositiveOrZero Long durationSeconds,
            @Nullable @Size(max = NOTE_MAX) String note) {

        enum Direction {
            INBOUND,
            OUTBOUND
        }
    }
}
