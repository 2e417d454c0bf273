package dev.kith.core.feed;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Permission;
import dev.kith.api.Vocabulary;
import dev.kith.core.jobs.Skip;
import dev.kith.core.registry.RouteSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Core's routes about events: record them, read them, and see to their delivery. */
public final class EventsPlugin implements CrmPlugin {

    public static final Permission READ = new Permission("events:read", "Read all events");
    static final Permission WRITE =
            new Permission("events:write", "Record events on the topics granted");
    public static final Permission DELIVERY_READ =
            new Permission("subscriptions:read", "See how far deliveries are");
    public static final Permission DELIVERY_MANAGE =
            new Permission("subscriptions:manage", "Retry, skip, pause and resume deliveries");

    /** A stream of lines may be as long as it likes, as long as it goes on. */
    private static final Duration STREAM_WITHIN = Duration.ofHours(6);

    /** Thousands of lines are taken together; one event has the usual ten seconds. */
    private static final Duration CHUNK_WITHIN = Duration.ofSeconds(60);

    private final EventDoor door;
    private final Feed feed;
    private final Deliveries deliveries;

    public EventsPlugin(EventDoor door, Feed feed, Deliveries deliveries) {
        this.door = door;
        this.feed = feed;
        this.deliveries = deliveries;
    }

    @Override
    public void register(Crm crm) {
        crm.accepts(Vocabulary.PURCHASE_COMPLETED, Outside.Purchase.class);
        crm.accepts(Vocabulary.PURCHASE_REFUNDED, Outside.Refund.class);
        crm.accepts(Vocabulary.VISIT_MADE, Outside.Visit.class);
        crm.accepts(Vocabulary.CALL_MADE, Outside.Call.class);

        var one =
                crm.post("/events", WRITE, EventInput.class, Recorded.class, door::record)
                        .summary("Records one event; the same key again is a duplicate.")
                        .query(
                                "unknownCustomer",
                                UnknownCustomer.class,
                                "What to do with a stranger.")
                        .example(EventInput.EXAMPLE);
        ((RouteSpec) one).header(EventDoor.PREFER, EventDoor.PREFER_MEANING);
        crm.lines("/events", WRITE, EventInput.class, Recorded.class, door)
                .summary("Records a stream of events, one line each.")
                .query("unknownCustomer", UnknownCustomer.class, "What to do with a stranger.")
                .bodyMax(EventInput.LINE_BYTES_MAX)
                .bodyWithin(STREAM_WITHIN)
                .deadline(CHUNK_WITHIN)
                .example(EventInput.EXAMPLE);
        crm.list("/events", READ, LoggedView.class, feed::events)
                .summary("The feed: all events in the order they became visible.")
                .query("topic", String.class, "Only this topic.")
                .query("customerId", UUID.class, "Only this customer's.");
        crm.get("/events/{event}", READ, LoggedView.class, feed::event).summary("One event.");
        crm.list("/events/{event}/effects", READ, LoggedView.class, feed::effects)
                .summary("What this event has caused so far, directly or through others.");
        crm.list("/customers/{customer}/timeline", READ, LoggedView.class, feed::timeline)
                .summary("All that happened with a customer, the latest first.")
                .query("topic", String.class, "Only this topic.")
                .query("occurredAt.from", Instant.class, "Not before.")
                .query("occurredAt.to", Instant.class, "Before.");
        crm.list("/topics", READ, TopicView.class, feed::topics)
                .summary("Every topic that is known, with its owner.");

        crm.list("/subscriptions", DELIVERY_READ, SubscriptionView.class, deliveries::list)
                .summary("Every subscription, how far behind it is, and what it could not take.");
        crm.list(
                        "/subscriptions/{subscription}/parked",
                        DELIVERY_READ,
                        ParkedView.class,
                        deliveries::parked)
                .summary("Events set aside: retrying, waiting behind another, or parked.");
        crm.action(
                        "/subscriptions/{subscription}/parked/{event}/retry",
                        DELIVERY_MANAGE,
                        ParkedView.class,
                        deliveries::retry)
                .summary("Tries an event that was set aside again, at once.");
        crm.action(
                        "/subscriptions/{subscription}/parked/{event}/skip",
                        DELIVERY_MANAGE,
                        Skip.class,
                        ParkedView.class,
                        deliveries::skip)
                .summary("Gives an event up for this subscription, with a reason.")
                .example(new Skip("the order was a test"));
        crm.action(
                        "/subscriptions/{subscription}/resume",
                        DELIVERY_MANAGE,
                        SubscriptionView.class,
                        deliveries::resume)
                .summary("Ends a pause.");
        crm.action(
                        "/subscriptions/{subscription}/pause",
                        DELIVERY_MANAGE,
                        SubscriptionView.class,
                        deliveries::pause)
                .summary("Stops delivering until resumed.");
    }
}
