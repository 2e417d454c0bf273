package dev.kith.core.customers.table;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.core.customers.profile.ExternalId;
import dev.kith.core.customers.profile.Profile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.ConnectionCallable;

/** The SQL of single customers. */
public final class CustomerTable {

    /** How many levels of belonging there may be. */
    public static final int PARENTS_MAX = 20;

    private static final String COLUMNS = String.join(", ", CustomerRows.COLUMNS);

    private static final String SELECT = "select " + COLUMNS + " from kith.customer where id = ?";

    private static final String LOCK = SELECT + " for update";

    private static final String INSERT =
            "insert into kith.customer ("
                    + COLUMNS
                    + ", search) values ("
                    + CustomerRows.COLUMNS.stream().map(c -> "?").collect(Collectors.joining(", "))
                    + ", ?)";

    private static final String INSERT_WHILE =
            "insert into kith.customer ("
                    + COLUMNS
                    + ", search) select "
                    + CustomerRows.COLUMNS.stream().map(c -> "?").collect(Collectors.joining(", "))
                    + ", ? where exists (select from kith.attribute_stamp where version = ?)";

    private static final String UPDATE =
            "update kith.customer set ("
                    + COLUMNS
                    + ", search) = ("
                    + CustomerRows.COLUMNS.stream().map(c -> "?").collect(Collectors.joining(", "))
                    + ", ?) where id = ?";

    // Sorted, so that two that claim the same ids cannot deadlock.
    private static final String CLAIM =
            "insert into kith.customer_external_id (source, external_id, customer_id)"
                    + " select s, i, ? from unnest(?::text[], ?::text[]) u(s, i) order by s, i"
                    + " on conflict (source, external_id) do nothing";

    private static final String CLAIM_ALL =
            "insert into kith.customer_external_id (source, external_id, customer_id)"
                    + " select s, i, c from unnest(?::text[], ?::text[], ?::uuid[]) u(s, i, c)"
                    + " order by s, i on conflict (source, external_id) do nothing"
                    + " returning source, external_id";

    private static final String OWNERS =
            "select x.source, x.external_id, x.customer_id from kith.customer_external_id x"
                    + " join unnest(?::text[], ?::text[]) w(source, id)"
                    + " on x.source = w.source and x.external_id = w.id";

    private static final String RELEASE =
            "delete from kith.customer_external_id where customer_id = ? and (source, external_id)"
                    + " in (select s, i from unnest(?::text[], ?::text[]) u(s, i))";

    private static final String OWNER =
            "select customer_id from kith.customer_external_id"
                    + " where source = ? and external_id = ?";

    // Changes of belonging are rare and queue up, so that two cannot close a circle together.
    private static final String QUEUE_PARENTS = "select pg_advisory_xact_lock(1263686568, 4)";

    private static final String PARENTS =
            "with recursive up (id, parent_id, level) as ("
                    + "select id, parent_id, 1 from kith.customer where id = ? union all"
                    + " select c.id, c.parent_id, up.level + 1 from kith.customer c"
                    + " join up on c.id = up.parent_id where up.level <= ?)"
                    + " select id from up";

    private final CustomerRows rows;

    public CustomerTable(CustomerRows rows) {
        this.rows = rows;
    }

    public Optional<Profile> find(Read read, CustomerId id) {
        return on(read, connection -> one(connection, SELECT, id));
    }

    /**
     * Locks the row until the end of the transaction.
     *
     * @throws dev.kith.api.Problem {@code notFound}
     */
    public Profile lock(Transaction tx, CustomerId id) {
        return on(tx, connection -> one(connection, LOCK, id))
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such customer"));
    }

    /**
     * Inserts a customer whose attributes were checked.
     *
     * @param stamp of the definitions that they were checked against
     * @return false if those have changed since; nothing is inserted then
     */
    public boolean insert(Transaction tx, Profile profile, long stamp) {
        return on(
                tx,
                connection -> {
                    try (var insert = connection.prepareStatement(INSERT_WHILE)) {
                        rows.bind(insert, profile);
                        insert.setLong(CustomerRows.COLUMNS.size() + 2, stamp);
                        return insert.executeUpdate() == 1;
                    }
                });
    }

    public void insertAll(Transaction tx, Collection<Profile> profiles) {
        on(
                tx,
                connection -> {
                    try (var insert = connection.prepareStatement(INSERT)) {
                        for (var profile : profiles) {
                            rows.bind(insert, profile);
                            insert.addBatch();
                        }
                        return insert.executeBatch();
                    }
                });
    }

    public void update(Transaction tx, Profile profile) {
        on(
                tx,
                connection -> {
                    try (var update = connection.prepareStatement(UPDATE)) {
                        rows.bind(update, profile);
                        update.setObject(CustomerRows.COLUMNS.size() + 2, profile.id().value());
                        return update.executeUpdate();
                    }
                });
    }

    /** Claims foreign ids for a customer. Says how many of them were free. */
    public int claim(Transaction tx, CustomerId customer, Collection<ExternalId> ids) {
        return ids.isEmpty() ? 0 : change(tx, CLAIM, customer, ids);
    }

    /** Claims each foreign id for its customer. Says which of them were free. */
    public Set<ExternalId> claimAll(Transaction tx, Map<ExternalId, CustomerId> wanted) {
        return on(
                tx,
                connection -> {
                    try (var insert = connection.prepareStatement(CLAIM_ALL)) {
                        bindIds(insert, 1, wanted.keySet());
                        var own = wanted.values().stream().map(CustomerId::value).toArray();
                        insert.setArray(3, connection.createArrayOf("uuid", own));
                        var free = new HashSet<ExternalId>();
                        try (var row = insert.executeQuery()) {
                            while (row.next()) {
                                free.add(new ExternalId(row.getString(1), row.getString(2)));
                            }
                        }
                        return free;
                    }
                });
    }

    /** Whose foreign ids are; those that are nobody's are left out. */
    public Map<ExternalId, CustomerId> owners(Read read, Collection<ExternalId> ids) {
        return on(
                read,
                connection -> {
                    try (var select = connection.prepareStatement(OWNERS)) {
                        bindIds(select, 1, ids);
                        var owners = new HashMap<ExternalId, CustomerId>();
                        try (var row = select.executeQuery()) {
                            while (row.next()) {
                                owners.put(
                                        new ExternalId(row.getString(1), row.getString(2)),
                                        new CustomerId(row.getObject(3, UUID.class)));
                            }
                        }
                        return owners;
                    }
                });
    }

    public void release(Transaction tx, CustomerId customer, Collection<ExternalId> ids) {
        if (!ids.isEmpty()) {
            change(tx, RELEASE, customer, ids);
        }
    }

    /** Whose a foreign id is. */
    public Optional<CustomerId> owner(Read read, ExternalId id) {
        return on(
                read,
                connection -> {
                    try (var select = connection.prepareStatement(OWNER)) {
                        select.setString(1, id.source());
                        select.setString(2, id.id());
                        try (var row = select.executeQuery()) {
                            return row.next()
                                    ? Optional.of(new CustomerId(row.getObject(1, UUID.class)))
                                    : Optional.empty();
                        }
                    }
                });
    }

    /** A customer and all it belongs to, up to one level too many; empty if it does not exist. */
    public List<CustomerId> withParents(Transaction tx, CustomerId customer) {
        return on(
                tx,
                connection -> {
                    try (var queue = connection.prepareStatement(QUEUE_PARENTS);
                            var select = connection.prepareStatement(PARENTS)) {
                        queue.execute();
                        select.setObject(1, customer.value());
                        select.setInt(2, PARENTS_MAX);
                        var found = new ArrayList<CustomerId>();
                        try (var row = select.executeQuery()) {
                            while (row.next()) {
                                found.add(new CustomerId(row.getObject(1, UUID.class)));
                            }
                        }
                        return found;
                    }
                });
    }

    private Optional<Profile> one(Connection connection, String sql, CustomerId id)
            throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setObject(1, id.value());
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(rows.read(row)) : Optional.empty();
            }
        }
    }

    private static int change(
            Transaction tx, String sql, CustomerId customer, Collection<ExternalId> ids) {
        return on(
                tx,
                connection -> {
                    try (var statement = connection.prepareStatement(sql)) {
                        statement.setObject(1, customer.value());
                        bindIds(statement, 2, ids);
                        return statement.executeUpdate();
                    }
                });
    }

    private static void bindIds(PreparedStatement statement, int first, Collection<ExternalId> ids)
            throws SQLException {
        var connection = statement.getConnection();
        var sources = ids.stream().map(ExternalId::source).toArray();
        var names = ids.stream().map(ExternalId::id).toArray();
        statement.setArray(first, connection.createArrayOf("text", sources));
        statement.setArray(first + 1, connection.createArrayOf("text", names));
    }

    static <T> T on(Read read, ConnectionCallable<T> work) {
        return read.sql().connectionResult(work);
    }
}
