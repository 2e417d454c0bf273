package dev.kith.loyalty;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.kith.api.CustomerId;
import dev.kith.api.Money;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.api.StandardError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
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

    /** A foreign id of a customer. */
    record Foreign(
            @NotBlank @Size(max = TEXT_MAX) String source,
            @NotBlank @Size(max = TEXT_MAX) String id) {}

    record Line(@Nullable @Size(max = TEXT_MAX) String category, @NotNull Money amount) {}

    /**
     * What is asked.
     *
     * @param points to be spent; absent: none, but how many could be
     */
    record Wanted(
            @Nullable CustomerId customerId,
            @Nullable @Valid Foreign customer,
            @NotEmpty @Size(max = LINES_MAX) List<@NotNull @Valid Line> lines,
            @Nullable @Min(0) @Max(Rules.POINTS_MAX) Long points) {

        @JsonIgnore
        @AssertTrue(message = "needs customerId or customer, and not both")
        boolean isAboutOneCustomer() {
            return (customerId == null) != (customer == null);
        }

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

        CustomerId customer(Read read) {
            var id =
                    customer == null
                            ? Optional.ofNullable(customerId)
                            : read.findCustomer(customer.source(), customer.id());
            try {
                return read.customer(id.orElseThrow(Quote::unknown)).id();
            } catch (Problem e) {
                throw unknown();
            }
        }
    }

    private static Problem unknown() {
        return StandardError.UNKNOWN_REFERENCE.because("there is no such customer");
    }
}
