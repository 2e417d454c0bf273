package dev.kith.core.database;

import dev.kith.api.AboutCustomer;
import dev.kith.api.CustomerId;
import dev.kith.api.ForeignId;
import dev.kith.api.People;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Whom inputs name, found with at most two queries for all of them. */
public final class NamedCustomers implements People {

    private static final String BY_FOREIGN_ID =
            "select x.source, x.external_id, x.customer_id from kith.customer_external_id x"
                    + " join unnest(?::text[], ?::text[]) w(source, id)"
                    + " on x.source = w.source and x.external_id = w.id";
    private static final String BY_ID = "select id from kith.customer where id = any (?)";

    private final Map<ForeignId, CustomerId> foreign;
    private final Set<CustomerId> ids;

    private NamedCustomers(Map<ForeignId, CustomerId> foreign, Set<CustomerId> ids) {
        this.foreign = foreign;
        this.ids = ids;
    }

    static NamedCustomers find(Connection connection, Collection<? extends AboutCustomer> inputs) {
        Set<ForeignId> foreign = new HashSet<>();
        Set<CustomerId> ids = new HashSet<>();
        for (var input : inputs) {
            var named = input.customer();
            var id = input.customerId();
            if (named != null) {
                foreign.add(named);
            }
            if (id != null) {
                ids.add(id);
            }
        }
        return new NamedCustomers(byForeignId(connection, foreign), byId(connection, ids));
    }

    @Override
    public CustomerId of(AboutCustomer input) {
        return find(input)
                .orElseThrow(() ->
                        StandardError.INVALID_INPUT
                                .because("say who it is about: customerId or customer")
                                .at("/customerId", "required", "or customer: {source, id}"));
    }

    @Override
    public Optional<CustomerId> find(AboutCustomer input) {
        var id = input.customerId();
        var named = input.customer();
        if (id != null && named != null) {
            throw StandardError.UNPROCESSABLE
                    .because("say either customerId or customer, not both")
                    .at("/customer", "namedTwice", "leave out one of the two");
        }
        if (id != null && !ids.contains(id)) {
            throw unknown("/customerId", "there is no such customer");
        }
        if (named != null && !foreign.containsKey(named)) {
            throw unknown("/customer", "nobody has this foreign id");
        }
        return id != null ? Optional.of(id) : Optional.ofNullable(named).map(foreign::get);
    }

    /** Whoever has a foreign id, if somebody has. */
    public Optional<CustomerId> known(ForeignId named) {
        return Optional.ofNullable(foreign.get(named));
    }

    private static Problem unknown(String pointer, String why) {
        return StandardError.UNKNOWN_REFERENCE
                .because(why)
                .at(pointer, "unknownReference", "there is no such customer");
    }

    private static Map<ForeignId, CustomerId> byForeignId(
            Connection connection, Collection<ForeignId> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        try (var select = connection.prepareStatement(BY_FOREIGN_ID)) {
            var sources = wanted.stream().map(ForeignId::source).toArray();
            var ids = wanted.stream().map(ForeignId::id).toArray();
            select.setArray(1, connection.createArrayOf("text", sources));
            select.setArray(2, connection.createArrayOf("text", ids));
            Map<ForeignId, CustomerId> found = new HashMap<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.put(
                            new ForeignId(row.getString(1), row.getString(2)),
                            new CustomerId(row.getObject(3, UUID.class)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Set<CustomerId> byId(Connection connection, Set<CustomerId> wanted) {
        if (wanted.isEmpty()) {
            return Set.of();
        }
        try (var select = connection.prepareStatement(BY_ID)) {
            var ids = wanted.stream().map(CustomerId::value).toArray();
            select.setArray(1, connection.createArrayOf("uuid", ids));
            Set<CustomerId> found = new HashSet<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new CustomerId(row.getObject(1, UUID.class)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
