package dev.kith.places;

import dev.kith.api.Versioned;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What whoever enters a fence may be given.
 *
 * @param used how much of the budget is gone
 */
record Promotion(UUID id, long version, State state, Draft terms, long used, Instant createdAt)
        implements Versioned {

    Promotion usedOnce() {
        return new Promotion(id, version, state, terms, used + 1, createdAt);
    }

    enum State {
        DRAFT,
        ACTIVE,
        PAUSED,
        ENDED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * A time of day on some days, in the deployment's zone. One that ends before it begins ends on
     * the next day.
     */
    record Hours(
            @NotEmpty Set<@NotNull DayOfWeek> days,
            @NotNull LocalTime from,
            @NotNull LocalTime to) {

        public Hours {
            days = days == null ? Set.of() : Set.copyOf(days);
        }

        boolean cover(ZonedDateTime moment) {
            var time = moment.toLocalTime();
            var today = days.contains(moment.getDayOfWeek());
            if (from.isBefore(to)) {
                return today && !time.isBefore(from) && time.isBefore(to);
            }
            var yesterday = days.contains(moment.minusDays(1).getDayOfWeek());
            return (today && !time.isBefore(from)) || (yesterday && time.isBefore(to));
        }
    }

    /**
     * The terms.
     *
     * @param audience an expression over facts, such as {@code loyalty.tier == "gold"}; everybody
     *     unless said
     * @param hours when it may be given; always unless said
     * @param points that the customer gets, if any
     * @param template of the message that the customer gets, if any
     * @param budget how often it may be given in all
     */
    record Draft(
            @NotBlank @Size(max = NAME_MAX) String name,
            @NotEmpty @Size(max = FENCES_MAX) List<@NotNull UUID> fenceIds,
            @Nullable @Size(min = 1, max = AUDIENCE_MAX) String audience,
            @Size(max = HOURS_MAX) List<@NotNull @Valid Hours> hours,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable @Min(1) @Max(1_000_000) Long points,
            @Nullable @Size(min = 1, max = NAME_MAX) String template,
            @Min(1) @Max(100) int perCustomerPerDay,
            @Min(1) @Max(10_000) int perCustomerTotal,
            @Min(1) @Max(1_000_000_000) long budget) {

        static final int NAME_MAX = 200;
        static final int FENCES_MAX = 100;
        static final int AUDIENCE_MAX = 2_000;
        static final int HOURS_MAX = 20;

        static final Draft EXAMPLE =
                new Draft(
                        "Tea for members",
                        List.of(UUID.fromString("0198c0de-0000-7000-8000-000000000001")),
                        "loyalty.points > 100",
                        List.of(
                                new Hours(
                                        Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                                        LocalTime.of(10, 0),
                                        LocalTime.of(20, 0))),
                        null,
                        null,
                        50L,
                        null,
                        1,
                        5,
                        1_000);

        public Draft {
            fenceIds = fenceIds == null ? List.of() : List.copyOf(fenceIds);
            hours = hours == null ? List.of() : List.copyOf(hours);
        }

        @AssertTrue(message = "give points, a message or both")
        boolean isGivingSomething() {
            return points != null || template != null;
        }

        @AssertTrue(message = "endsAt is after startsAt")
        boolean isEndingAfterItStarts() {
            return startsAt == null || endsAt == null || endsAt.isAfter(startsAt);
        }

        boolean isOpenAt(ZonedDateTime moment) {
            return hours.isEmpty() || hours.stream().anyMatch(each -> each.cover(moment));
        }
    }
}
