package dev.kith.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.complaints.Calendar.Hours;
import dev.kith.complaints.Calendar.Workday;
import dev.kith.complaints.Clock.Activity;
import dev.kith.complaints.Clock.Phase;
import dev.kith.complaints.Clock.Reading;
import dev.kith.complaints.Clock.Verdict;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The clock against somebody who looks at the clock on the wall every minute and makes a mark when
 * there is work: slow, and too simple to be wrong.
 */
final class ClockAgainstMinutesTest {

    private static final long SEED = 20_261_126;
    private static final int CASES = 5_000;
    private static final int MINUTES_PER_DAY = 24 * 60;
    private static final int AHEAD_MAX = 400 * MINUTES_PER_DAY;

    private static final int TARGET_MINUTES_MAX = 20 * 60;

    /** With daylight saving in the north and the south, by half an hour, at midnight, and without. */
    private static final List<ZoneId> ZONES =
            List.of(
                    ZoneId.of("Asia/Shanghai"),
                    ZoneId.of("America/New_York"),
                    ZoneId.of("Europe/Berlin"),
                    ZoneId.of("Australia/Lord_Howe"),
                    ZoneId.of("America/Santiago"),
                    ZoneId.of("Asia/Kathmandu"),
                    ZoneId.of("Africa/Cairo"),
                    ZoneId.of("Atlantic/Azores"));

    private final Random random = new Random(SEED);

    private record Problem(
            Calendar calendar, ZoneId zone, List<Phase> phases, Instant now, Duration target) {}

    private record Counted(Duration used, @Nullable Instant dueAt, Verdict verdict) {}

    @Test
    void five_thousand_random_cases_are_counted_alike() {
        var changes = 0;
        var verdicts = EnumSet.noneOf(Verdict.class);
        for (var i = 0; i < CASES; i++) {
            var problem = problem();
            var reading =
                    new Clock(problem.calendar().time(problem.zone()), problem.target())
                            .read(problem.phases(), problem.now());
            var counted = count(problem);
            assertThat(reading.used())
                    .as("used of case %d: %s", i, problem)
                    .isEqualTo(counted.used());
            assertThat(reading.dueAt())
                    .as("due of case %d: %s", i, problem)
                    .isEqualTo(counted.dueAt());
            assertThat(reading.verdict())
                    .as("case %d: %s", i, problem)
                    .isEqualTo(counted.verdict());
            checkSpans(problem, reading);
            verdicts.add(reading.verdict());
            changes += changesOffset(problem) ? 1 : 0;
        }
        assertThat(verdicts).isEqualTo(EnumSet.allOf(Verdict.class));
        assertThat(changes).as("cases with a change of the offset").isGreaterThan(CASES / 5);
    }

    private static void checkSpans(Problem problem, Reading reading) {
        var counted = Duration.ZERO;
        var at = problem.phases().getFirst().since();
        for (var span : reading.spans()) {
            assertThat(span.startsAt()).isEqualTo(at);
            assertThat(span.endsAt()).isAfter(at);
            at = span.endsAt();
            counted = span.counted() ? counted.plus(span.length()) : counted;
        }
        assertThat(counted).isEqualTo(reading.used());
        var last = problem.phases().getLast();
        assertThat(at).isEqualTo(over(last.activity()) ? last.since() : problem.now());
    }

    // The slow way.

    private static Counted count(Problem problem) {
        var phases = problem.phases();
        var last = phases.getLast();
        var end = over(last.activity()) ? last.since() : problem.now();
        var target = problem.target().toMinutes();
        var used = 0L;
        Instant due = target == 0 ? phases.getFirst().since() : null;
        var at = phases.getFirst().since();
        for (; at.isBefore(end); at = at.plusSeconds(60)) {
            if (activity(phases, at) == Activity.RUNS && isWork(problem, at)) {
                used++;
                due = used == target ? at.plusSeconds(60) : due;
            }
        }
        var seen = used;
        if (due == null && last.activity() != Activity.WAITS) {
            for (var i = 0; i < AHEAD_MAX && due == null; i++, at = at.plusSeconds(60)) {
                seen += isWork(problem, at) ? 1 : 0;
                due = seen == target ? at.plusSeconds(60) : due;
            }
        }
        var late = due != null && end.isAfter(due);
        return new Counted(Duration.ofMinutes(used), due, late ? Verdict.BREACHED : inTime(last));
    }

    private static Verdict inTime(Phase last) {
        return switch (last.activity()) {
            case RUNS -> Verdict.RUNNING;
            case WAITS -> Verdict.PAUSED;
            case RESTS -> Verdict.MET;
            case DROPPED -> Verdict.CANCELLED;
        };
    }

    private static boolean over(Activity activity) {
        return activity == Activity.RESTS || activity == Activity.DROPPED;
    }

    private static Activity activity(List<Phase> phases, Instant at) {
        var activity = phases.getFirst().activity();
        for (var phase : phases) {
            activity = phase.since().isAfter(at) ? activity : phase.activity();
        }
        return activity;
    }

    private static boolean isWork(Problem problem, Instant at) {
        var wall = at.atZone(problem.zone());
        var date = wall.toLocalDate();
        var day = date.getDayOfWeek();
        for (var workday : problem.calendar().workdays()) {
            if (workday.on().equals(date)) {
                return isWork(
                        problem.calendar(), workday.like(), wall.getHour() * 60 + wall.getMinute());
            }
        }
        return !problem.calendar().holidays().contains(date)
                && isWork(problem.calendar(), day, wall.getHour() * 60 + wall.getMinute());
    }

    private static boolean isWork(Calendar calendar, DayOfWeek day, int minute) {
        for (var hours : calendar.hours()) {
            if (hours.days().contains(day)
                    && minute >= minutes(hours.from())
                    && minute < minutes(hours.to())) {
                return true;
            }
        }
        return false;
    }

    private static int minutes(String time) {
        return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
    }

    private static boolean changesOffset(Problem problem) {
        var rules = problem.zone().getRules();
        var from = problem.phases().getFirst().since();
        return !rules.getOffset(from).equals(rules.getOffset(problem.now()));
    }

    // Random cases.

    private Problem problem() {
        var zone = ZONES.get(random.nextInt(ZONES.size()));
        var start = start(zone);
        var phases = phases(start);
        var now =
                phases.getLast()
                        .since()
                        .plus(random.nextInt(4 * MINUTES_PER_DAY), ChronoUnit.MINUTES);
        var target =
                Duration.ofMinutes(
                        random.nextInt(10) == 0 ? 0 : random.nextInt(TARGET_MINUTES_MAX));
        return new Problem(calendar(start.atZone(zone).toLocalDate()), zone, phases, now, target);
    }

    /** Every second one within some days before the clocks are changed. */
    private Instant start(ZoneId zone) {
        var any =
                Instant.parse("2024-01-01T00:00:00Z")
                        .plus(random.nextInt(1_000 * MINUTES_PER_DAY), ChronoUnit.MINUTES);
        var change = zone.getRules().nextTransition(any);
        return change == null || random.nextBoolean()
                ? any
                : change.getInstant()
                        .minus(random.nextInt(4 * MINUTES_PER_DAY), ChronoUnit.MINUTES);
    }

    private List<Phase> phases(Instant start) {
        var phases = new ArrayList<Phase>();
        phases.add(new Phase(start, Activity.RUNS));
        var more = random.nextInt(6);
        for (var i = 0; i < more; i++) {
            var last = phases.getLast();
            var next = last.since().plus(random.nextInt(2 * MINUTES_PER_DAY), ChronoUnit.MINUTES);
            phases.add(new Phase(next, after(last.activity(), i == more - 1)));
        }
        return phases;
    }

    private Activity after(Activity before, boolean last) {
        return switch (before) {
            case RUNS ->
                    last && random.nextInt(4) == 0
                            ? Activity.DROPPED
                            : random.nextBoolean() ? Activity.WAITS : Activity.RESTS;
            // Resolved while it waited, or answered, or reopened.
            case WAITS -> random.nextInt(4) == 0 ? Activity.RESTS : Activity.RUNS;
            case RESTS, DROPPED -> Activity.RUNS;
        };
    }

    private Calendar calendar(LocalDate around) {
        var hours = new ArrayList<Hours>();
        for (var day : DayOfWeek.values()) {
            if (random.nextInt(4) > 0 || day.getValue() <= 2) {
                var edges = new TreeSet<Integer>();
                while (edges.size() < 2 + 2 * random.nextInt(3) || edges.size() % 2 == 1) {
                    edges.add(
                            random.nextInt(8) == 0
                                    ? MINUTES_PER_DAY
                                    : random.nextInt(MINUTES_PER_DAY));
                }
                for (var edge = edges.iterator(); edge.hasNext(); ) {
                    hours.add(new Hours(List.of(day), text(edge.next()), text(edge.next())));
                }
            }
        }
        var days = new TreeSet<LocalDate>();
        var workdays = new ArrayList<Workday>();
        for (var i = 0; i < 4; i++) {
            var day = around.plusDays(random.nextInt(12) - 1);
            if (days.add(day) && random.nextBoolean()) {
                days.remove(day);
                if (workdays.stream().noneMatch(each -> each.on().equals(day))) {
                    workdays.add(new Workday(day, DayOfWeek.of(1 + random.nextInt(7))));
                }
            }
        }
        workdays.removeIf(each -> days.contains(each.on()));
        return new Calendar(null, hours, List.copyOf(days), workdays);
    }

    private static String text(int minute) {
        return "%02d:%02d".formatted(minute / 60, minute % 60);
    }
}
