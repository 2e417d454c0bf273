package dev.kith.core.customers;

import dev.kith.api.CustomerId;
import dev.kith.api.Vocabulary;
import dev.kith.core.area.Json;
import dev.kith.core.database.SqlFailure;
import dev.kith.core.database.Tx;
import dev.kith.core.feed.Strangers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes customers of foreign ids, many at a time; whoever has an id already keeps it. */
public final class Newcomers implements Strangers {

    // Sorted, so that two that claim the same ids cannot deadlock.
    private static final String CLAIM =
            "insert into kith.customer_external_id (source, external_id, customer_id)"
                    + " select s, i, c from unnest(?::text[], ?::text[], ?::uuid[]) u(s, i, c)"
                    + " order by s, i on conflict (source, external_id) do nothing";

    private static final String OWNERS =
            "select x.source, x.external_id, x.customer_id from kith.customer_external_id x"
                    + " join unnest(?::text[], ?::text[]) w(source, id)"
                    + " on x.source = w.source and x.external_id = w.id";

    private final CustomerTable table = new CustomerTable(new CustomerRows(new Json()));
    private final Intake intake;

    /**
     * @param region where phone numbers without a country code belong
     */
    public Newcomers(String region) {
        intake = new Intake(region);
    }

    @Override
    public List<CustomerId> create(Tx tx, List<Stranger> strangers) {
        strangers.stream()
                .map(stranger -> new ExternalId(stranger.source(), stranger.externalId()))
                .forEach(ExternalIds::check);
        claim(tx, strangers);
        var owners = owners(tx, strangers);
        var made = new ArrayList<Profile>();
        for (var stranger : strangers) {
            if (stranger.id().equals(owners.get(id(stranger)))) {
                made.add(profile(tx, stranger));
            }
        }
        made.sort(Comparator.comparing(Profile::id));
        table.insertAll(tx, made);
        for (var profile : made) {
            tx.publish(
                    Vocabulary.CUSTOMER_CREATED,
                    profile.id(),
                    new Announced.Created(profile.kind(), profile.stage()));
        }
        return strangers.stream().map(s -> new CustomerId(owner(owners, s))).toList();
    }

    private Profile profile(Tx tx, Stranger stranger) {
        var draft = Draft.of(id(stranger));
        return intake.first(new CustomerId(stranger.id()), draft, Customers.now(tx));
    }

    private static void claim(Tx tx, List<Stranger> strangers) {
        var connection = tx.connection();
        try (var insert = connection.prepareStatement(CLAIM)) {
            insert.setArray(1, connection.createArrayOf("text", sources(strangers)));
            insert.setArray(2, connection.createArrayOf("text", ids(strangers)));
            var own = strangers.stream().map(Stranger::id).toArray();
            insert.setArray(3, connection.createArrayOf("uuid", own));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Map<ExternalId, UUID> owners(Tx tx, List<Stranger> strangers) {
        var connection = tx.connection();
        try (var select = connection.prepareStatement(OWNERS)) {
            select.setArray(1, connection.createArrayOf("text", sources(strangers)));
            select.setArray(2, connection.createArrayOf("text", ids(strangers)));
            var owners = new HashMap<ExternalId, UUID>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    owners.put(
                            new ExternalId(row.getString(1), row.getString(2)),
                            row.getObject(3, UUID.class));
                }
            }
            return owners;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Object[] sources(List<Stranger> strangers) {
        return strangers.stream().map(Stranger::source).toArray();
    }

    private static Object[] ids(List<Stranger> strangers) {
        return strangers.stream().map(Stranger::externalId).toArray();
    }

    private static ExternalId id(Stranger stranger) {
        return new ExternalId(stranger.source(), stranger.externalId());
    }

    private static UUID owner(Map<ExternalId, UUID> owners, Stranger stranger) {
        var owner = owners.get(id(stranger));
        if (owner == null) {
            throw new IllegalStateException("a claimed foreign id is nobody's");
        }
        return owner;
    }
}
