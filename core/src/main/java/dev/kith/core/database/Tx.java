package dev.kith.core.database;

import dev.kith.api.CustomerId;
import dev.kith.api.Secret;
import dev.kith.api.Stamp;
import dev.kith.api.Transaction;
import dev.kith.core.area.Area;
import dev.kith.core.area.Outflow;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.registry.Parts;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One writing transaction: what it publishes is buffered and appended at the end. */
public final class Tx extends Reading implements Transaction {

    /** The largest payload of one event, in bytes of JSON. */
    public static final int PAYLOAD_MAX = 64 * 1024;

    /** The largest key of a timer, in bytes of JSON. */
    public static final int TIMER_KEY_MAX = 8 * 1024;

    /** The most events one transaction may publish; a plugin's, see {@link Outflow#most}. */
    public static final int EVENTS_MAX = 20_000;

    private static final int TOKEN_BYTES = 32;

    private static final String LATER =
            "insert into kith.job (plugin, name, key, due_at, cause_id) values (?, ?, ?, ?, ?)"
                    + " on conflict (plugin, name, key) do update set due_at = excluded.due_at,"
                    + " attempts = 0, parked = false, error = null, cause_id = excluded.cause_id";
    private static final String CANCEL =
            "delete from kith.job where plugin = ? and name = ? and key = ?";
    private static final String SEND =
            "insert into kith.send (id, plugin, name, payload, state, due_at, cause_id, created_at)"
                    + " values (?, ?, ?, ?::jsonb, 'waiting', ?, ?, ?)";

    private final Clock clock;
    private final Surroundings surroundings;
    private final List<Buffered> events = new ArrayList<>();
    private @Nullable UUID handling;
    private int things;
    private boolean counted;

    Tx(
            Area area,
            Cause cause,
            Connection connection,
            Clock clock,
            ZoneId zone,
            Surroundings surroundings) {
        super(area, cause, connection, clock, zone, surroundings);
        this.clock = clock;
        this.surroundings = surroundings;
        this.handling = cause.id();
    }

    /** Says which event is being handled from here on, as the cause of what is published. */
    public void handling(UUID event) {
        handling = event;
    }

    /**
     * Says on how many more events of others, or lines of a request, it works. One if nobody says,
     * which is a request; a job or timer works on none.
     */
    public void worksOn(int more) {
        things += more;
        counted = true;
    }

    private int things() {
        return counted ? things : 1;
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    public UUID newId() {
        return Ids.next();
    }

    @Override
    public Secret newToken() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Override
    public UUID publish(String topic, @Nullable CustomerId customer, Object payload, Stamp stamp) {
        if (!surroundings.mayPublish(area, topic)) {
            throw new IllegalArgumentException(area.id() + " does not own the topic " + topic);
        }
        var id = Ids.next();
        var json = bounded(payload, PAYLOAD_MAX, "an event's payload");
        append(id, topic, customer, json, stamp, null);
        return id;
    }

    /**
     * Buffers an event whose payload has been checked already, as core does at the door.
     *
     * @param source on whose behalf it is recorded, if not this work's own
     */
    public void append(
            UUID id,
            String topic,
            @Nullable CustomerId customer,
            String json,
            Stamp stamp,
            @Nullable String source) {
        var max = area.core() ? EVENTS_MAX : Math.min(EVENTS_MAX, Outflow.most(things()));
        if (events.size() >= max) {
            throw new IllegalStateException(
                    area.core()
                            ? "one transaction publishes at most %d events".formatted(max)
                            : "one transaction publishes at most %d events: %d, and %d for each of the %d requests, lines or events of others it works on"
                                    .formatted(max, Outflow.AT_ONCE, Outflow.FOR_EACH, things()));
        }
        events.add(
                new Buffered(
                        id,
                        topic,
                        customer == null ? null : customer.value(),
                        json,
                        stamp.occurredAt(),
                        stamp.key(),
                        source,
                        stamp.cause() == null ? handling : stamp.cause()));
    }

    @Override
    public void later(Instant at, String timer, Object key) {
        checkDeclared("timer", timer, area.parts().timers().stream().map(Parts.TimerSpec::name));
        try (var upsert = connection.prepareStatement(LATER)) {
            upsert.setString(1, area.id());
            upsert.setString(2, timer);
            upsert.setString(3, bounded(key, TIMER_KEY_MAX, "a timer's key"));
            upsert.setTimestamp(4, Timestamp.from(at));
            upsert.setObject(5, handling);
            upsert.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public void cancel(String timer, Object key) {
        try (var delete = connection.prepareStatement(CANCEL)) {
            delete.setString(1, area.id());
            delete.setString(2, timer);
            delete.setString(3, bounded(key, TIMER_KEY_MAX, "a timer's key"));
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public UUID send(String sender, Object payload) {
        checkDeclared(
                "sender", sender, area.parts().senders().stream().map(Parts.SenderSpec::name));
        var id = Ids.next();
        try (var insert = connection.prepareStatement(SEND)) {
            insert.setObject(1, id);
            insert.setString(2, area.id());
            insert.setString(3, sender);
            insert.setString(4, bounded(payload, PAYLOAD_MAX, "what is sent"));
            insert.setTimestamp(5, Timestamp.from(now()));
            insert.setObject(6, handling);
            insert.setTimestamp(7, Timestamp.from(now()));
            insert.executeUpdate();
            return id;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    // A slip of the pen would be committed, and found out when it is due.
    private void checkDeclared(String what, String name, Stream<String> declared) {
        if (declared.noneMatch(name::equals)) {
            throw new IllegalArgumentException(
                    "%s declares no %s %s".formatted(area.id(), what, name));
        }
    }

    private String bounded(Object value, int max, String what) {
        var json = area.json().write(value);
        // A character has at most three bytes, so what is short need not be counted.
        if (json.length() > max / 3 && json.getBytes(StandardCharsets.UTF_8).length > max) {
            throw new IllegalArgumentException(what + " has at most " + max + " bytes");
        }
        return json;
    }

    /** The customer of the first event published that has one. */
    public Optional<UUID> firstCustomer() {
        for (var event : events) {
            if (event.customer() != null) {
                return Optional.of(event.customer());
            }
        }
        return Optional.empty();
    }

    boolean publishes() {
        return !events.isEmpty();
    }

    /** Appends what was published. The last statements before the commit. */
    Appended flush() throws SQLException {
        if (events.isEmpty()) {
            return Appended.NOTHING;
        }
        var log = new AppendStatement(connection, cause.kind(), writer(), clockOffset());
        return log.append(events);
    }

    /** Called when all is appended: it has cost what it costs, whether or not it is committed. */
    void published(Outflow.Turn turn) {
        turn.published(events.size(), things());
    }

    /** A plugin's keys are its own, whoever asked; core writes in the name of who asks. */
    private String writer() {
        return area.id().equals(Area.CORE) ? cause.source() : area.id();
    }

    /** How far the clock stands from the real one: zero but in tests. */
    private Duration clockOffset() {
        return clock.equals(Clock.systemUTC())
                ? Duration.ZERO
                : Duration.between(Instant.now(), clock.instant());
    }
}
