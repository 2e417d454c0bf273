package dev.kith.messages;

import static dev.kith.messages.db.Tables.DELIVERY;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.messages.Delivery.State;
import dev.kith.messages.Outgoing.Rendered;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Condition;

/** What the console shows of messages. Public records, because templates read them. */
public final class Pages {

    private static final int RECENT_MAX = 50;
    private static final int HISTORY_MAX = 10;
    private static final int DAYS = 30;

    /** How many of the last 30 days stand how. */
    public record Totals(long sent, long open, long suppressed, long failed) {}

    /**
     * One delivery as a line of a table.
     *
     * @param reason empty if there is none
     */
    public record Line(
            String customerId,
            String template,
            String purpose,
            String state,
            String reason,
            String channel,
            Instant at) {}

    /** A template in the list. */
    public record Name(String name, boolean builtIn) {}

    /** A template in one language, filled in. */
    public record Shown(String language, String subject, String text, String html) {}

    private final Templates templates;

    Pages(Templates templates) {
        this.templates = templates;
    }

    View overview(Read read, Request request) {
        var names =
                templates.all(read.sql()).values().stream()
                        .map(template -> new Name(template.name(), template.builtIn()))
                        .toList();
        return new View(
                "overview.jte",
                Map.of(
                        "totals",
                        totals(read),
                        "recent",
                        lines(read, noCondition(), RECENT_MAX),
                        "names",
                        names));
    }

    View template(Read read, Request request) {
        var template = templates.required(read.sql(), request.path("name"));
        return new View(
                "template.jte",
                Map.of(
                        "name",
                        template.name(),
                        "shown",
                        List.of(
                                shown(read, template, Language.EN),
                                shown(read, template, Language.ZH_CN))));
    }

    private static Shown shown(Read read, Template template, Language language) {
        Rendered rendered = template.preview(language, read.zone());
        return new Shown(
                language.tag(),
                rendered.subject(),
                rendered.text(),
                Objects.requireNonNullElse(rendered.html(), ""));
    }

    View card(Read read, Request request) {
        return View.of("card.jte", "totals", totals(read));
    }

    View panel(Read read, CustomerId customer) {
        var lines = lines(read, DELIVERY.CUSTOMER_ID.eq(customer), HISTORY_MAX);
        return View.of("panel.jte", "lines", lines);
    }

    private static Totals totals(Read read) {
        var since = read.now().minus(Duration.ofDays(DAYS));
        var counts = new EnumMap<State, Long>(State.class);
        read.sql()
                .select(DELIVERY.STATE, count())
                .from(DELIVERY)
                .where(DELIVERY.REQUESTED_AT.gt(since))
                .groupBy(DELIVERY.STATE)
                .forEach(row -> counts.put(State.of(row.value1()), (long) row.value2()));
        return new Totals(
                counts.getOrDefault(State.SENT, 0L),
                counts.getOrDefault(State.REQUESTED, 0L) + counts.getOrDefault(State.WAITING, 0L),
                counts.getOrDefault(State.SUPPRESSED, 0L),
                counts.getOrDefault(State.FAILED, 0L));
    }

    private static List<Line> lines(Read read, Condition which, int max) {
        return DeliveryTable.list(read.sql(), which, max).stream().map(Pages::line).toList();
    }

    private static Line line(Delivery delivery) {
        var customer = delivery.customerId();
        var reason = delivery.reason();
        return new Line(
                customer == null ? "" : customer.toString(),
                delivery.template(),
                delivery.purpose(),
                delivery.state().text(),
                reason == null ? "" : reason.text(),
                Objects.requireNonNullElse(delivery.channel(), ""),
                Objects.requireNonNullElse(delivery.endedAt(), delivery.requestedAt()));
    }
}
