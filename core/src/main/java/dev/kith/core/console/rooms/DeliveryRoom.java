package dev.kith.core.console.rooms;

import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.core.call.Codes;
import dev.kith.core.console.PageRequest;
import dev.kith.core.feed.Deliveries;
import dev.kith.core.feed.EventsPlugin;
import dev.kith.core.feed.ParkedView;
import dev.kith.core.feed.SubscriptionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How far deliveries are, and what to do about events that could not be taken. */
public final class DeliveryRoom {

    private final Deliveries deliveries;

    DeliveryRoom(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** A subscription and the first of the events set aside. */
    public record Line(SubscriptionView subscription, List<ParkedView> aside) {

        public Line {
            aside = List.copyOf(aside);
        }

        public String state() {
            return Codes.lowerCamel(subscription.state().name());
        }
    }

    View show(Read read, Request request) {
        var page = (PageRequest) request;
        var lines = new ArrayList<Line>();
        for (var subscription : deliveries.list(read, page.whole()).items()) {
            var anyAside =
                    subscription.retrying() + subscription.waiting() + subscription.parked() > 0;
            var aside =
                    anyAside
                            ? deliveries
                                    .parked(read, page.with("subscription", subscription.name()))
                                    .items()
                            : List.<ParkedView>of();
            lines.add(new Line(subscription, aside));
        }
        var manage = request.may(EventsPlugin.DELIVERY_MANAGE);
        return new View("console/subscriptions.jte", Map.of("lines", lines, "manage", manage));
    }
}
