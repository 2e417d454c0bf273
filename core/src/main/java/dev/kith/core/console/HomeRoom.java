package dev.kith.core.console;

import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;

/** Where a reader comes in: a search, and the cards of whichever areas run. */
final class HomeRoom {

    private final Rooms rooms;

    HomeRoom(Rooms rooms) {
        this.rooms = rooms;
    }

    View show(Read read, Request request) {
        return View.of("console/home.jte", "cards", rooms.cards(request));
    }
}
