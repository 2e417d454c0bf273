package dev.kith.core.customers.table;

import static dev.kith.core.db.Tables.CUSTOMER;

import dev.kith.api.Customer;
import dev.kith.api.Page;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.core.customers.profile.Profile;
import dev.kith.core.search.SearchQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The list of customers: searched, filtered, sorted, page by page. */
public final class CustomerList {

    /** What {@code include} may say. */
    public enum Include {
        ARCHIVED
    }

    private final CustomerSearch search;

    public CustomerList(CustomerSearch search) {
        this.search = search;
    }

    public Page<Profile> page(Read read, Request request) {
        var tokens = new ArrayList<String>();
        var wanted = DSL.noCondition();
        var typed = request.query("q", String.class);
        if (typed.isPresent()) {
            var query = parse(typed.get());
            tokens.addAll(query.tokens());
            wanted = wanted.and(endings(query));
        }
        var order = Order.named(request.sort());
        if (typed.isPresent() && order.column() != Order.Column.CREATED_AT) {
            throw refused("sort", "with q it is createdAt or -createdAt");
        }
        addFilters(request, tokens);
        wanted = wanted.and(times(request));
        if (request.query("include", Include.class).isEmpty()) {
            wanted = wanted.and(CUSTOMER.ARCHIVED_AT.isNull());
        }
        var limit = request.limit();
        var after = request.after().map(order::position);
        var rows = search.find(read, tokens, wanted, order, after, limit + 1);
        return Page.of(rows, limit, order::key);
    }

    private static SearchQuery.All parse(String typed) {
        return switch (SearchQuery.parse(typed)) {
            case SearchQuery.All all -> all;
            case SearchQuery.Refusal why ->
                    throw refused(
                            "q",
                            switch (why) {
                                case BLANK -> "must not be blank";
                                case TOO_LONG ->
                                        "has at most %d characters"
                                                .formatted(SearchQuery.LENGTH_MAX);
                                case TOO_MANY_WORDS ->
                                        "has too many words, at most %d"
                                                .formatted(SearchQuery.TOKENS_MAX);
                                case NOTHING_SEARCHABLE -> "has no letter or digit";
                            });
        };
    }

    private static void addFilters(Request request, List<String> tokens) {
        request.query("tag", String.class).map(FilterTokens::tag).ifPresent(tokens::add);
        request.query("stage", Customer.Stage.class)
                .map(FilterTokens::stage)
                .ifPresent(tokens::add);
        request.query("kind", Customer.Kind.class).map(FilterTokens::kind).ifPresent(tokens::add);
        request.query("ownerId", UUID.class).map(FilterTokens::owner).ifPresent(tokens::add);
        request.query("parentId", UUID.class).map(FilterTokens::parent).ifPresent(tokens::add);
    }

    private static Condition times(Request request) {
        var from = request.query("createdAt.from", Instant.class);
        var to = request.query("createdAt.to", Instant.class);
        return from.<Condition>map(CUSTOMER.CREATED_AT::ge)
                .orElse(DSL.noCondition())
                .and(to.<Condition>map(CUSTOMER.CREATED_AT::lt).orElse(DSL.noCondition()));
    }

    // Of those with the same last digits, the ones whose whole number ends as it was typed.
    private static Condition endings(SearchQuery.All query) {
        var condition = DSL.noCondition();
        for (var ending : query.endings()) {
            var token = DSL.field(DSL.name("token"), String.class);
            condition =
                    condition.and(
                            DSL.exists(
                                    DSL.selectOne()
                                            .from(DSL.unnest(CUSTOMER.SEARCH).as("t", "token"))
                                            .where(token.like("%" + ending))));
        }
        return condition;
    }

    private static Problem refused(String parameter, String why) {
        return StandardError.INVALID_INPUT
                .because("a query parameter does not fit")
                .at(parameter, "invalidValue", why);
    }
}
