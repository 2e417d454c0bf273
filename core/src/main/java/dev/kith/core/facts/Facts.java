package dev.kith.core.facts;

import dev.kith.api.CustomerId;
import dev.kith.api.Problem;
import dev.kith.core.area.Area;
import dev.kith.core.area.Fatal;
import dev.kith.core.area.Wiring;
import dev.kith.core.database.Appended;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Surroundings;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.failure.Traces;
import dev.kith.core.registry.Parts.FactSpec;
import java.net.URI;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What plugins know about customers. A provider answers on its own threads and its own read-only
 * connection; when it is off, late or fails, the fact is unknown and nobody else is held up.
 */
public final class Facts implements Wiring {

    /** How long a provider may take. */
    public static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

    /** About how many customers one may ask at once. */
    public static final int CUSTOMERS_MAX = 10_000;

    private static final Logger log = LoggerFactory.getLogger(Facts.class);

    private static final String REMEMBER =
            "insert into kith.fact (name, plugin, type, meaning, declared_at)"
                    + " values (?, ?, ?, ?, ?) on conflict (name) do update set"
                    + " plugin = excluded.plugin, type = excluded.type,"
                    + " meaning = excluded.meaning";

    private record Provided(Area area, FactSpec spec) {}

    private final Map<String, Provided> provided = new ConcurrentHashMap<>();
    private final UnitOfWork reads;
    private final Area core;
    private final Clock clock;

    public Facts(Area core, Clock clock, ZoneId zone) {
        this.core = core;
        this.clock = clock;
        this.reads = new UnitOfWork(clock, zone, new NoQuestions());
    }

    @Override
    public void wire(Area area) {
        prepare(area);
        take(area);
    }

    @Override
    public void prepare(Area area) {
        if (!area.parts().facts().isEmpty()) {
            remember(area);
        }
    }

    @Override
    public void replace(Area before, Area after) {
        take(after);
        unwire(before);
    }

    private void take(Area area) {
        for (var spec : area.parts().facts()) {
            provided.put(area.id() + "." + spec.name(), new Provided(area, spec));
        }
    }

    @Override
    public void unwire(Area area) {
        provided.values().removeIf(each -> each.area().equals(area));
    }

    /**
     * The values of those who have one, or empty if the fact is unknown.
     *
     * @throws IllegalArgumentException if the fact has another type or too many are asked about
     */
    public <T> Optional<Map<CustomerId, T>> ask(
            String fact, Class<T> type, Set<CustomerId> customers) {
        if (customers.size() > CUSTOMERS_MAX) {
            throw new IllegalArgumentException(
                    "a fact is asked about at most %d customers".formatted(CUSTOMERS_MAX));
        }
        var from = provided.get(fact);
        if (from == null) {
            return Optional.empty();
        }
        if (!from.spec().type().equals(type)) {
            throw new IllegalArgumentException(
                    "%s is a %s".formatted(fact, from.spec().type().getSimpleName()));
        }
        var answer = answer(fact, from, Set.copyOf(customers));
        // A generation that was replaced in between takes no more questions.
        if (answer.isEmpty() && !from.equals(provided.get(fact)) && provided.containsKey(fact)) {
            return ask(fact, type, customers);
        }
        return answer.map(values -> typed(values, type));
    }

    private Optional<Map<CustomerId, ?>> answer(
            String fact, Provided from, Set<CustomerId> customers) {
        var answer = new CompletableFuture<Map<CustomerId, ?>>();
        try {
            from.area().answers().submit(ANSWER_WITHIN, () -> complete(answer, from, customers));
            return Optional.of(answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            log.warn("fact {} is unknown: no answer within {}", fact, ANSWER_WITHIN);
        } catch (ExecutionException e) {
            var why = Traces.of(Objects.requireNonNullElse(e.getCause(), e));
            log.warn("fact {} is unknown: its provider failed: {}", fact, why);
        } catch (Problem overloaded) {
            log.warn("fact {} is unknown: {}", fact, overloaded.detail());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private void complete(
            CompletableFuture<Map<CustomerId, ?>> answer,
            Provided from,
            Set<CustomerId> customers) {
        try {
            var cause = Cause.of(from.area().id(), Cause.Kind.REQUEST, null);
            answer.complete(
                    reads.read(
                            from.area(),
                            cause,
                            read -> from.spec().provider().facts(read, customers)));
        } catch (Throwable e) {
            Fatal.rethrowOfMachine(e);
            answer.completeExceptionally(e);
        }
    }

    private static <T> Map<CustomerId, T> typed(Map<CustomerId, ?> values, Class<T> type) {
        var typed = new HashMap<CustomerId, T>();
        values.forEach((customer, value) -> typed.put(customer, type.cast(value)));
        return typed;
    }

    private void remember(Area area) {
        try (var connection = core.pools().write();
                var upsert = connection.prepareStatement(REMEMBER)) {
            for (var spec : area.parts().facts()) {
                upsert.setString(1, area.id() + "." + spec.name());
                upsert.setString(2, area.id());
                upsert.setString(3, spec.type().getSimpleName());
                upsert.setString(4, spec.meaning());
                upsert.setTimestamp(5, Timestamp.from(clock.instant()));
                upsert.addBatch();
            }
            upsert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** A provider that asked others could wait for itself. */
    private static final class NoQuestions implements Surroundings {

        @Override
        public boolean mayPublish(Area area, String topic) {
            return false;
        }

        @Override
        public void committed(Appended appended) {}

        @Override
        public URI link(String path) {
            throw new IllegalStateException("a provider of facts makes no links");
        }

        @Override
        public <T> Optional<Map<CustomerId, T>> ask(
                String fact, Class<T> type, Set<CustomerId> customers) {
            throw new IllegalStateException("a provider of facts may not ask facts");
        }
    }
}
