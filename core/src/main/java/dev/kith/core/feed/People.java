package dev.kith.core.feed;

import dev.kith.api.CustomerId;
import dev.kith.api.StandardError;
import dev.kith.core.database.Neighbours;
import dev.kith.core.database.Reading;
import dev.kith.core.database.SqlFailure;
import dev.kith.core.database.Tx;
import dev.kith.core.feed.EventInput.ForeignId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom events are about: looked up together, and made where that is allowed. */
final class People {

    private static final String BY_FOREIGN_ID =
            "select x.source, x.external_id, x.customer_id from kith.customer_external_id x"
                    + " join unnest(?::text[], ?::text[]) w(source, id)"
                    + " on x.source = w.source and x.external_id = w.id";
    private static final String BY_ID = "select id from kith.customer where id = any (?)";

    /** Whose an event is, and whether that customer has to be made first. */
    record Person(@Nullable CustomerId id, @Nullable ForeignId stranger) {}

    private final Map<ForeignId, UUID> known;
    private final Set<UUID> ids;
    private final Map<ForeignId, UUID> strangers = new HashMap<>();
    private final Neighbours neighbours = new Neighbours();
    private final Instant now;
    private final boolean create;

    private People(Map<ForeignId, UUID> known, Set<UUID> ids, Instant now, boolean create) {
        this.known = known;
        this.ids = ids;
        this.now = now;
        this.create = create;
    }

    static People find(Reading read, List<EventInput> inputs, boolean create) {
        Set<ForeignId> foreign = new HashSet<>();
        Set<UUID> ids = new HashSet<>();
        for (var input : inputs) {
            if (input.customer() != null) {
                foreign.add(input.customer());
            }
            if (input.customerId() != null) {
                ids.add(input.customerId().value());
            }
        }
        return new People(
                byForeignId(read.connection(), foreign),
                byId(read.connection(), ids),
                read.now(),
                create);
    }

    Person of(EventInput input) {
        if (input.customerId() != null) {
            if (!ids.contains(input.customerId().value())) {
                throw StandardError.UNKNOWN_REFERENCE
                        .because("there is no such customer")
                        .at("/customerId", "unknownReference", "there is no such customer");
            }
            return new Person(input.customerId(), null);
        }
        var foreign = input.customer();
        if (foreign == null) {
            return new Person(null, null);
        }
        var found = known.get(foreign);
        if (found != null) {
            return new Person(new CustomerId(found), null);
        }
        if (!create) {
            throw StandardError.UNKNOWN_REFERENCE
                    .because("nobody has this foreign id; unknownCustomer=create makes them")
                    .at("/customer", "unknownReference", "there is no such customer");
        }
        var id = strangers.computeIfAbsent(foreign, unknown -> neighbours.next(now));
        return new Person(new CustomerId(id), foreign);
    }

    /** Makes the strangers among them; somebody else may have been faster. */
    static List<Told> settle(Tx tx, Strangers strangers, List<Told> told) {
        Map<ForeignId, Strangers.Stranger> wanted = new LinkedHashMap<>();
        for (var one : told) {
            if (one.stranger() != null && one.customer() != null) {
                var foreign = one.stranger();
                wanted.putIfAbsent(
                        foreign,
                        new Strangers.Stranger(
                                one.customer().value(), foreign.source(), foreign.id()));
            }
        }
        if (wanted.isEmpty()) {
            return told;
        }
        var made = strangers.create(tx, List.copyOf(wanted.values()));
        Map<ForeignId, CustomerId> ids = new HashMap<>();
        var at = 0;
        for (var foreign : wanted.keySet()) {
            ids.put(foreign, made.get(at++));
        }
        return told.stream().map(one -> settled(one, ids)).toList();
    }

    private static Told settled(Told told, Map<ForeignId, CustomerId> ids) {
        var id = told.stranger() == null ? null : ids.get(told.stranger());
        return id == null ? told : told.of(id);
    }

    private static Map<ForeignId, UUID> byForeignId(
            Connection connection, Collection<ForeignId> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        try (var select = connection.prepareStatement(BY_FOREIGN_ID)) {
            var sources = wanted.stream().map(ForeignId::source).toArray();
            var ids = wanted.stream().map(ForeignId::id).toArray();
            select.setArray(1, connection.createArrayOf("text", sources));
            select.setArray(2, connection.createArrayOf("text", ids));
            Map<ForeignId, UUID> found = new HashMap<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.put(
                            new ForeignId(row.getString(1), row.getString(2)),
                            row.getObject(3, UUID.class));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Set<UUID> byId(Connection connection, Set<UUID> wanted) {
        if (wanted.isEmpty()) {
            return Set.of();
        }
        try (var select = connection.prepareStatement(BY_ID)) {
            select.setArray(1, connection.createArrayOf("uuid", wanted.toArray()));
            Set<UUID> found = new HashSet<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getObject(1, UUID.class));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
