package dev.kith.loyalty;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.kith.api.AboutCustomer;
import dev.kith.api.CustomerId;
import dev.kith.api.ForeignId;
import dev.kith.api.Money;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a purchase would mean in points. Nothing is set aside; a hold does that.
 *
 * @param amount of the lines
 * @param earns points for what is to be paid, after the discount
 * @param rules what makes them more or fewer than the rate says
 * @param available points
 * @param redeemable of the points asked for, or of all, how many can be spent on this purchase
 * @param discount what the redeemable points are worth; absent in a currency without a value
 */
record Quote(
        CustomerId customerId,
        Money amount,
        long earns,
        List<String> rules,
        long available,
        long redeemable,
        @Nullable Money discount) {

    static final int LINES_MAX = 1_000;
    static final int TEXT_MAX = 200;

    Quote {
        rules = List.copyOf(rules);
    }

    record Line(@Nullable @Size(max = TEXT_MAX) String category, @NotNull Money amount) {}

    /**
     * What is asked.
     *
     * @param points to be spent; absent: none, but how many could be
     */
    record Wanted(
            @Nullable CustomerId customerId,
            @Nullable @Valid ForeignId customer,
            @NotEmpty @Size(max = LINES_MAX) List<@NotNull @Valid Line> lines,
            @Nullable @Min(0) @Max(Rules.POINTS_MAX) Long points)
            implements AboutCustomer {

        static final Wanted EXAMPLE =
                new Wanted(
                        null,
                        new ForeignId("pos", "8812"),
                        List.of(new Line("coffee", Money.of("129.90", "CNY"))),
                        100L);

        @JsonIgnore
        @AssertTrue(message = "lines must have one currency, and a sum that is not negative")
        boolean isPurchase() {
            return lines == null
                    || lines.isEmpty()
                    || lines.stream().map(line -> line.amount().currency()).distinct().count() == 1
                            && total() >= 0;
        }

        private long total() {
            return lines.stream().mapToLong(line -> line.amount().minorUnits()).sum();
        }

        Money amount() {
            return new Money(total(), lines.getFirst().amount().currency());
        }
    }
}
