package dev.kith.core.console.rooms;

import static dev.kith.core.db.Tables.CUSTOMER;

import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.core.access.AccessPlugin;
import dev.kith.core.console.Rooms;
import dev.kith.core.customers.CustomersPlugin;
import java.util.List;
import java.util.Map;

/** Where a reader comes in: a search, and the cards of whichever areas run. */
public final class HomeRoom {

    private final Rooms rooms;

    public HomeRoom(Rooms rooms) {
        this.rooms = rooms;
    }

    public View show(Read read, Request request) {
        var empty = !read.sql().fetchExists(CUSTOMER);
        return new View(
                "console/home.jte",
                Map.of(
                        "cards",
                        empty ? List.of() : rooms.cards(request),
                        "empty",
                        empty,
                        "mayAdd",
                        request.may(CustomersPlugin.WRITE),
                        "mayMakeKeys",
                        request.may(AccessPlugin.WRITE_KEYS)));
    }
}
