package dev.kith.core.registry;

import dev.kith.api.Crm;
import dev.kith.api.Subscription;

/** One subscription: a topic, a handler, and a name for its cursors. */
public final class SubscriptionSpec implements Subscription {

    public static final int BATCH_DEFAULT = 500;
    public static final int BATCH_MAX = 5_000;

    private final String topic;
    private final String name;
    private final Class<?> payload;
    private final Handler handler;
    private boolean fromBeginning;
    private int batchMax = BATCH_DEFAULT;

    /** One event at a time, or a batch. */
    public sealed interface Handler {
        record Each(Crm.On<?> handler) implements Handler {}

        record Batch(Crm.OnBatch<?> handler) implements Handler {}
    }

    SubscriptionSpec(String topic, String name, Class<?> payload, Handler handler) {
        this.topic = topic;
        this.name = name;
        this.payload = payload;
        this.handler = handler;
    }

    @Override
    public Subscription fromBeginning() {
        fromBeginning = true;
        return this;
    }

    @Override
    public Subscription batchMax(int events) {
        if (events < 1 || events > BATCH_MAX) {
            throw new IllegalArgumentException("a batch has 1 to " + BATCH_MAX + " events");
        }
        batchMax = events;
        return this;
    }

    public String topic() {
        return topic;
    }

    public String name() {
        return name;
    }

    public Class<?> payload() {
        return payload;
    }

    public Handler handler() {
        return handler;
    }

    public boolean startsAtBeginning() {
        return fromBeginning;
    }

    public int batchMax() {
        return batchMax;
    }
}
