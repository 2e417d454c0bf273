package dev.kith.core.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.api.CustomerId;
import dev.kith.core.database.Tx;
import dev.kith.core.input.QueryValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One writing request: the handler, its idempotency row and its audit row in one transaction. */
final class Change {

    /** What a handler that removes something returns. */
    static final Object GONE = new Object();

    /** As long as the database lets a transaction be idle without being told. */
    private static final Duration IDLE_MAX = Duration.ofSeconds(10);

    /** What is done inside the transaction. */
    @FunctionalInterface
    interface Work {
        Object in(Tx tx, AskedRequest request);
    }

    private record Done(Answer answer, @Nullable Supplier<CompletionStage<Object>> later) {}

    private final Endpoint route;
    private final Asked asked;
    private final QueryValues query;
    private final String place;
    private final @Nullable Idempotency idempotency;

    Change(Endpoint route, Asked asked, QueryValues query) {
        this.route = route;
        this.asked = asked;
        this.query = query;
        // The path of a public route may hold a secret, which is not to be kept.
        this.place = route.spec.permission().isPresent() ? asked.path() : route.spec.path();
        this.idempotency = Idempotency.of(asked, place);
    }

    /**
     * @param patch what is changed, for the audit; null if the input is the whole
     */
    Answer run(Work work, @Nullable ObjectNode patch) {
        var cause = asked.principal().cause(asked.id());
        var done = route.work.write(route.area, cause, tx -> once(tx, work, patch));
        if (done.later() == null) {
            return done.answer();
        }
        var status = done.answer().status();
        try {
            var better =
                    done.later()
                            .get()
                            .handle((out, failure) ->
                                    failure == null
                                            ? route.replies.json(new Outcome(out, status))
                                            : done.answer());
            return done.answer().instead(better);
        } catch (RuntimeException e) {
            // It is committed, so nobody may hear that it failed.
            return done.answer();
        }
    }

    private Done once(Tx tx, Work work, @Nullable ObjectNode patch) {
        if (idempotency != null) {
            if (route.spec.deadline().compareTo(IDLE_MAX) > 0) {
                idempotency.waits(tx, route.spec.deadline());
            }
            var replay = idempotency.replay(tx);
            if (replay.isPresent()) {
                return new Done(replay.get(), null);
            }
        }
        var request = new AskedRequest(asked, query, tx, route.spec.status());
        var out = work.in(tx, request);
        var answer = out == GONE ? Answer.empty(204) : route.replies.json(Outcome.of(request, out));
        if (idempotency != null) {
            idempotency.keep(tx, answer, !(out instanceof ShownOnce));
        }
        audit(tx, request, out, patch);
        return new Done(answer, request.later().orElse(null));
    }

    private void audit(Tx tx, AskedRequest request, Object out, @Nullable ObjectNode patch) {
        var made = request.status() == 201 ? route.replies.id(out) : Optional.<String>empty();
        Audit.record(
                tx,
                asked,
                route.spec.method() + " " + route.spec.path(),
                made.map(id -> place + "/" + id).orElse(place),
                customer(tx, request, out),
                request.auditDetail()
                        .map(route.area.json()::write)
                        .orElseGet(() -> patch == null ? null : fields(patch)));
    }

    private @Nullable UUID customer(Tx tx, AskedRequest request, Object out) {
        return request.customer()
                .map(CustomerId::value)
                .or(() -> route.replies.customerId(out))
                .or(tx::firstCustomer)
                .orElse(null);
    }

    private String fields(ObjectNode patch) {
        var names = new ArrayList<String>();
        patch.fieldNames().forEachRemaining(names::add);
        return route.area.json().write(Map.of("fields", names));
    }
}
