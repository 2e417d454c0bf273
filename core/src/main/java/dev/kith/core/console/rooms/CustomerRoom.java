package dev.kith.core.console.rooms;

import dev.kith.api.Page;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.View;
import dev.kith.core.console.PageRequest;
import dev.kith.core.console.Rooms;
import dev.kith.core.console.TopicWords;
import dev.kith.core.customers.CustomersPlugin;
import dev.kith.core.customers.profile.Profile;
import dev.kith.core.feed.Feed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finding a customer, seeing all that is known, changing the basic details. */
final class CustomerRoom {

    /** How many happenings a page shows before it is asked for more. */
    private static final int HAPPENINGS = 20;

    private final CustomersPlugin customers;
    private final Feed feed;
    private final Rooms rooms;
    private final TopicWords words;

    CustomerRoom(CustomersPlugin customers, Feed feed, Rooms rooms) {
        this.customers = customers;
        this.feed = feed;
        this.rooms = rooms;
        this.words = rooms.words();
    }

    View list(Read read, Request request) {
        var asked = (PageRequest) request;
        var search = search(asked);
        var page = found(read, asked.sorts(List.of(search.sort())));
        return new View(
                "console/customers.jte",
                Map.of(
                        "search",
                        search,
                        "page",
                        page,
                        "write",
                        request.may(CustomersPlugin.WRITE)));
    }

    /** A search has no other order than time; what does not fit is overlooked, as it was typed. */
    private static CustomerSearch search(PageRequest asked) {
        var typed = asked.query("q", String.class).orElse("");
        var sorts = typed.isEmpty() ? CustomerSearch.SORTS : CustomerSearch.SORTS_OF_SEARCH;
        var wanted = asked.text("sort");
        return new CustomerSearch(
                typed,
                asked.text("kind"),
                asked.text("stage"),
                asked.text("tag"),
                sorts.contains(wanted) ? wanted : sorts.getFirst());
    }

    // Somebody who is still typing is not told off for a lone full stop.
    private Page<CustomerRow> found(Read read, PageRequest asked) {
        try {
            var page = customers.page(read, asked);
            return new Page<>(page.items().stream().map(Profiles::row).toList(), page.next());
        } catch (Problem refused) {
            if (refused.code() == StandardError.INVALID_INPUT) {
                return new Page<>(List.of(), null);
            }
            throw refused;
        }
    }

    View show(Read read, Request request) {
        var asked = (PageRequest) request;
        var profile = customers.customer(read, request);
        var timeline = feed.timeline(read, asked.limit(HAPPENINGS));
        var more = "/console/customers/" + profile.id() + "?after=" + timeline.next();
        var parameters = new HashMap<String, Object>();
        parameters.put("customer", Profiles.card(profile, request.locale()));
        parameters.put("panels", rooms.panels(request, profile.id()));
        parameters.put("timeline", timeline);
        parameters.put("more", more);
        parameters.put("words", words);
        parameters.put("write", request.may(CustomersPlugin.WRITE));
        return new View("console/customer.jte", parameters);
    }

    View create(Read read, Request request) {
        return View.of("console/customer-form.jte", "customer", CustomerEdit.NEW);
    }

    View edit(Read read, Request request) {
        Profile profile = customers.customer(read, request);
        return View.of("console/customer-form.jte", "customer", Profiles.edit(profile));
    }
}
