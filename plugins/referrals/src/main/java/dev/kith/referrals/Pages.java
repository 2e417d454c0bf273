package dev.kith.referrals;

import static dev.kith.referrals.db.Tables.CLAIM;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;

import dev.kith.api.Customer;
import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.referrals.Claim.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;

/** What the console and whoever was invited see. Public records, because templates read them. */
public final class Pages {

    private static final int RECENT_MAX = 20;
    private static final int BEST_MAX = 10;
    private static final int BROUGHT_MAX = 10;
    private static final int GIVEN_NAME_MAX = 30;

    /** What is summed up, so that a page costs no more the longer the programme runs. */
    private static final Duration SUMMED_UP = Duration.ofDays(365);

    /** Of those who were invited in the past year, how many came how far. */
    public record Totals(long invited, long qualified, long rewarded, long refused) {}

    public record Person(String id, String name) {}

    /** One claim as a line of a table. */
    public record Line(Person referee, Person inviter, String state, String reason, Instant at) {}

    /** Somebody who brought others. */
    public record Inviter(Person person, long invited, long rewarded) {}

    /** The same without the name. */
    private record Rank(CustomerId inviter, long invited, long rewarded) {}

    private final Codes codes;

    Pages(Codes codes) {
        this.codes = codes;
    }

    View overview(Read read, Request request) {
        var ranks = best(read);
        var recent = ClaimTable.list(read, noCondition(), RECENT_MAX);
        var shown = both(recent);
        ranks.forEach(rank -> shown.add(rank.inviter));
        var customers = read.customers(shown);
        var best =
                ranks.stream()
                        .map(rank ->
                                new Inviter(
                                        person(customers, rank.inviter),
                                        rank.invited,
                                        rank.rewarded))
                        .toList();
        return new View(
                "overview.jte",
                Map.of(
                        "totals", totals(read),
                        "best", best,
                        "recent", lines(customers, recent)));
    }

    View card(Read read, Request request) {
        return View.of("card.jte", "totals", totals(read));
    }

    View panel(Read read, CustomerId customer) {
        var code = Codes.any(read, customer);
        var by = ClaimTable.list(read, accepted(CLAIM.CUSTOMER_ID.eq(customer)), 1);
        var brought =
                ClaimTable.list(read, accepted(CLAIM.INVITER_ID.eq(customer.value())), BROUGHT_MAX);
        var shown = both(by);
        shown.addAll(both(brought));
        var customers = read.customers(shown);
        return new View(
                "panel.jte",
                Map.of(
                        "customer",
                        customer.toString(),
                        "code",
                        code.map(Code::code).orElse(""),
                        "link",
                        code.map(each -> each.link().toString()).orElse(""),
                        "by",
                        lines(customers, by),
                        "brought",
                        lines(customers, brought)));
    }

    /** For whoever was invited: whose invitation it is, and the code to come with. */
    View invitation(Read read, Request request) {
        var code = codes.find(read, request.path("code"));
        var customer = read.customer(code.customerId());
        return new View(
                "invitation.jte",
                Map.of(
                        "from",
                        shown(customer),
                        "code",
                        code.code(),
                        "qr",
                        QrSvg.of(code.link().toString())));
    }

    // Whoever holds a link is a stranger: they learn what a friend knows anyway. That is the given
    // name, or of a Chinese name the surname, and of an organization all of it.
    private static String shown(Customer customer) {
        var name = customer.name().strip();
        if (customer.archived() || name.isEmpty()) {
            return "";
        }
        if (customer.kind() == Customer.Kind.ORGANIZATION) {
            return name;
        }
        var first = name.codePointAt(0);
        if (Character.UnicodeScript.of(first) == Character.UnicodeScript.HAN) {
            return Character.toString(first) + "**";
        }
        var given = name.split("\\s+", 2)[0];
        return given.substring(0, given.offsetByCodePoints(0, shorter(given)));
    }

    private static int shorter(String given) {
        return Math.min(GIVEN_NAME_MAX, given.codePointCount(0, given.length()));
    }

    private static Condition accepted(Condition which) {
        return which.and(CLAIM.STATE.ne(State.REFUSED.name()));
    }

    private static Condition lately(Read read) {
        return CLAIM.CLAIMED_AT.ge(read.now().minus(SUMMED_UP));
    }

    private static Totals totals(Read read) {
        return read.sql()
                .select(
                        count().filterWhere(CLAIM.STATE.ne(State.REFUSED.name())),
                        count().filterWhere(CLAIM.QUALIFIED_AT.isNotNull()),
                        count().filterWhere(CLAIM.STATE.eq(State.REWARDED.name())),
                        count().filterWhere(CLAIM.STATE.eq(State.REFUSED.name())))
                .from(CLAIM)
                .where(lately(read))
                .fetchSingle(
                        row -> new Totals(row.value1(), row.value2(), row.value3(), row.value4()));
    }

    private static List<Rank> best(Read read) {
        var rewarded = count().filterWhere(CLAIM.STATE.eq(State.REWARDED.name()));
        return read.sql()
                .select(CLAIM.INVITER_ID, count(), rewarded)
                .from(CLAIM)
                .where(accepted(lately(read)))
                .groupBy(CLAIM.INVITER_ID)
                .orderBy(rewarded.desc(), count().desc(), CLAIM.INVITER_ID)
                .limit(BEST_MAX)
                .fetch(row -> new Rank(new CustomerId(row.value1()), row.value2(), row.value3()));
    }

    private static Set<CustomerId> both(List<Claim> claims) {
        var both = new HashSet<CustomerId>();
        for (var claim : claims) {
            both.add(claim.customerId());
            both.add(claim.inviterId());
        }
        return both;
    }

    private static List<Line> lines(Map<CustomerId, Customer> customers, List<Claim> claims) {
        return claims.stream()
                .map(claim ->
                        new Line(
                                person(customers, claim.customerId()),
                                person(customers, claim.inviterId()),
                                claim.state().name(),
                                claim.refusal() == null ? "" : claim.refusal().name(),
                                claim.claimedAt()))
                .toList();
    }

    private static Person person(Map<CustomerId, Customer> customers, CustomerId id) {
        var customer = customers.get(id);
        return new Person(id.toString(), customer == null ? id.toString() : customer.name());
    }
}
