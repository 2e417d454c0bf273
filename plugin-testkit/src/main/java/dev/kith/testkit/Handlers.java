package dev.kith.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kith.api.Crm;
import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Transaction;
import dev.kith.core.area.Area;
import dev.kith.core.database.Cause;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.registry.Parts.JobSpec;
import dev.kith.core.registry.SubscriptionSpec;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/** Calls a plugin's handlers as the server would, only once more or with a crash behind. */
final class Handlers {

    private final Area area;
    private final UnitOfWork work;

    Handlers(Area area, UnitOfWork work) {
        this.area = area;
        this.work = work;
    }

    /** Hands an event to a subscription in a transaction of its own. */
    void deliver(SubscriptionSpec subscription, Published event) {
        inTransaction(tx -> call(subscription, tx, event));
    }

    /** The same, and the server dies before the commit. */
    void deliverAndCrash(SubscriptionSpec subscription, Published event) {
        try {
            inTransaction(tx -> {
                call(subscription, tx, event);
                throw new Crash();
            });
        } catch (Crash expected) {
            return;
        }
        throw new AssertionError("the crash did not come through");
    }

    void run(JobSpec job) {
        inTransaction(job.handler()::run);
    }

    private void inTransaction(Consumer<Transaction> handler) {
        work.write(
                area,
                Cause.of(area.id(), Cause.Kind.EVENT, null),
                tx -> {
                    handler.accept(tx);
                    return area;
                });
    }

    // The payload's type was declared together with the handler.
    @SuppressWarnings("unchecked")
    private void call(SubscriptionSpec subscription, Transaction tx, Published event) {
        var read = (Event<Object>) read(subscription.payload(), event);
        switch (subscription.handler()) {
            case SubscriptionSpec.Handler.Each each ->
                    ((Crm.On<Object>) each.handler()).on(tx, read);
            case SubscriptionSpec.Handler.Batch batch ->
                    ((Crm.OnBatch<Object>) batch.handler()).on(tx, List.of(read));
        }
    }

    private <T> Event<T> read(Class<T> type, Published event) {
        try {
            return new Event<>(
                    event.id(),
                    event.topic(),
                    event.customer() == null ? null : new CustomerId(event.customer()),
                    event.occurredAt(),
                    event.occurredAt(),
                    false,
                    area.json().tolerant().treeToValue(event.payload(), type));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
