package dev.kith.complaints;

import static dev.kith.complaints.db.Tables.CALENDAR;
import static dev.kith.complaints.db.Tables.COMPLAINT;

import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.api.Versioned;
import dev.kith.complaints.Calendar.Hours;
import dev.kith.complaints.Calendar.Workday;
import dev.kith.complaints.Course.Promise;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The calendars, in versions. A case that is open follows the latest version of its calendar, so a
 * holiday that is added counts for it; one that is over keeps the version it was judged by.
 */
final class Calendars {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,59}");
    private static final String STANDARD = "standard";

    /** A calendar as it is answered. */
    record Named(
            String name,
            @Nullable String zone,
            List<Hours> hours,
            List<LocalDate> holidays,
            List<Workday> workdays,
            Instant createdAt,
            long version)
            implements Versioned {

        Calendar calendar() {
            return new Calendar(zone, hours, holidays, workdays);
        }
    }

    /** The key of the timer that moves open cases to a new version. */
    record Moved(String calendar) {}

    Page<Named> list(Read read, Request request) {
        var latest =
                read.sql()
                        .select(CALENDAR.fields())
                        .distinctOn(CALENDAR.NAME)
                        .from(CALENDAR)
                        .where(CALENDAR.NAME.gt(request.after().orElse("")))
                        .orderBy(CALENDAR.NAME, CALENDAR.VERSION.desc())
                        .limit(request.limit() + 1)
                        .fetch(Calendars::named);
        return Page.of(latest, request.limit(), Named::name);
    }

    Named find(Read read, Request request) {
        return latest(read, request.path("calendar"))
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such calendar"));
    }

    Named put(Transaction tx, Request request, Calendar calendar) {
        var name = request.path("calendar");
        if (!NAME.matcher(name).matches()) {
            throw StandardError.INVALID_INPUT
                    .because("a calendar's name is small letters, digits and -, at most 60")
                    .at("calendar", "invalidValue", "must match " + NAME);
        }
        calendar.wrong()
                .ifPresent(why -> {
                    throw ComplaintsError.HOURS_UNUSABLE.because(why).at("/hours", "unusable", why);
                });
        var before = latest(tx, name);
        if (before.isPresent()) {
            request.requireVersion(before.get().version());
            if (before.get().calendar().equals(calendar)) {
                return before.get();
            }
            tx.later(tx.now(), "move", new Moved(name));
        } else {
            request.answers(201);
        }
        return insert(tx, name, calendar, before.map(Named::version).orElse(0L) + 1);
    }

    private static Named insert(Transaction tx, String name, Calendar calendar, long version) {
        var added =
                tx.sql()
                        .insertInto(CALENDAR)
                        .set(CALENDAR.NAME, name)
                        .set(CALENDAR.VERSION, (int) version)
                        .set(CALENDAR.ZONE, calendar.zone())
                        .set(CALENDAR.HOURS, texts(calendar.hours(), Calendars::text))
                        .set(CALENDAR.HOLIDAYS, dates(calendar))
                        .set(CALENDAR.WORKDAYS, texts(calendar.workdays(), Calendars::text))
                        .set(CALENDAR.CREATED_AT, Cases.now(tx))
                        .onConflict(CALENDAR.NAME, CALENDAR.VERSION)
                        .doNothing()
                        .execute();
        if (added == 0) {
            throw StandardError.CONFLICT.because("somebody else changes this calendar now");
        }
        return named(name, calendar, Cases.now(tx), version);
    }

    private static Named named(String name, Calendar calendar, Instant createdAt, long version) {
        return new Named(
                name,
                calendar.zone(),
                calendar.hours(),
                calendar.holidays(),
                calendar.workdays(),
                createdAt,
                version);
    }

    /** The calendar that cases of this name follow now; {@code standard} if there is none. */
    Named current(Read read, String name) {
        return latest(read, name)
                .or(() -> latest(read, STANDARD))
                .orElseThrow(() -> new IllegalStateException("the standard calendar is missing"));
    }

    /** The working time that a promise was made in. */
    Clock.Time time(Read read, Promise promise) {
        return fetch(
                        read,
                        CALENDAR.NAME
                                .eq(promise.calendar())
                                .and(CALENDAR.VERSION.eq(promise.calendarVersion())))
                .map(named -> named.calendar().time(read.zone()))
                .orElseThrow(() -> new IllegalStateException("a calendar's version is missing"));
    }

    private static Optional<Named> latest(Read read, String name) {
        return fetch(read, CALENDAR.NAME.eq(name));
    }

    private static Optional<Named> fetch(Read read, Condition which) {
        return read.sql()
                .select(CALENDAR.fields())
                .from(CALENDAR)
                .where(which)
                .orderBy(CALENDAR.VERSION.desc())
                .limit(1)
                .fetchOptional(Calendars::named);
    }

    private static Named named(org.jooq.Record row) {
        var calendar =
                new Calendar(
                        row.get(CALENDAR.ZONE),
                        Arrays.stream(row.get(CALENDAR.HOURS)).map(Calendars::hours).toList(),
                        List.of(row.get(CALENDAR.HOLIDAYS)),
                        Arrays.stream(row.get(CALENDAR.WORKDAYS)).map(Calendars::workday).toList());
        return named(
                row.get(CALENDAR.NAME),
                calendar,
                row.get(CALENDAR.CREATED_AT),
                row.get(CALENDAR.VERSION));
    }

    private static String text(Hours hours) {
        var days = hours.days().stream().map(DayOfWeek::name).collect(Collectors.joining(","));
        return "%s %s %s".formatted(days, hours.from(), hours.to());
    }

    private static Hours hours(String text) {
        var parts = text.split(" ", 3);
        var days = Arrays.stream(parts[0].split(",")).map(DayOfWeek::valueOf).toList();
        return new Hours(days, parts[1], parts[2]);
    }

    private static String text(Workday workday) {
        return "%s %s".formatted(workday.on(), workday.like());
    }

    private static Workday workday(String text) {
        var parts = text.split(" ", 2);
        return new Workday(LocalDate.parse(parts[0]), DayOfWeek.valueOf(parts[1]));
    }

    private static <T> String[] texts(List<T> values, java.util.function.Function<T, String> text) {
        return values.stream().map(text).toArray(String[]::new);
    }

    private static LocalDate[] dates(Calendar calendar) {
        return calendar.holidays().toArray(LocalDate[]::new);
    }

    /** The next open cases that follow an older version of their calendar, locked. */
    static List<UUID> behind(Transaction tx, Named latest, int limit) {
        return tx.sql()
                .select(COMPLAINT.ID)
                .from(COMPLAINT)
                .where(COMPLAINT.CALENDAR.eq(latest.name()))
                .and(COMPLAINT.CALENDAR_VERSION.lt((int) latest.version()))
                .and(COMPLAINT.STATE.in(State.OPEN.stream().map(State::name).toList()))
                .orderBy(COMPLAINT.ID)
                .limit(limit)
                .fetch(row -> row.value1());
    }
}
