package dev.kith.core.database;

import dev.kith.api.AboutCustomer;
import dev.kith.api.Actor;
import dev.kith.api.Contacts;
import dev.kith.api.Customer;
import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.failure.SqlFailure;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConnectionProvider;
import org.jspecify.annotations.Nullable;

/** A read on one connection. Core may reach for the connection itself on its hottest paths. */
public class Reading implements Read {

    private static final String CUSTOMER =
            "select kind, name, stage, tags, locale, archived_at is not null"
                    + " from kith.customer where id = ?";
    private static final String CUSTOMERS =
            "select kind, name, stage, tags, locale, archived_at is not null, id"
                    + " from kith.customer where id = any(?)";
    private static final String FOREIGN_ID =
            "select customer_id from kith.customer_external_id where source = ? and external_id ="
                    + " ?";

    final Area area;
    final Cause cause;
    final Connection connection;
    private final Clock clock;
    private final ZoneId zone;
    private final Surroundings surroundings;
    private @Nullable DSLContext sql;
    private @Nullable Instant now;

    Reading(
            Area area,
            Cause cause,
            Connection connection,
            Clock clock,
            ZoneId zone,
            Surroundings surroundings) {
        this.area = area;
        this.cause = cause;
        this.connection = connection;
        this.clock = clock;
        this.zone = zone;
        this.surroundings = surroundings;
    }

    /** The JDBC connection. It belongs to the unit of work: do not commit or close it. */
    public Connection connection() {
        return connection;
    }

    /** Whose handler runs. */
    public Area area() {
        return area;
    }

    /** Why this runs. */
    public Cause cause() {
        return cause;
    }

    @Override
    public DSLContext sql() {
        if (sql == null) {
            var provider = new DefaultConnectionProvider(connection);
            sql = DSL.using(area.jooq().derive(provider));
        }
        return sql;
    }

    @Override
    public Instant now() {
        // To the millisecond, as it is answered: what is stored finer would be answered otherwise.
        if (now == null) {
            now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        }
        return now;
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    @Override
    public Actor actor() {
        return cause.actor();
    }

    @Override
    public Customer customer(CustomerId id) {
        try (var select = connection.prepareStatement(CUSTOMER)) {
            select.setObject(1, id.value());
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw StandardError.NOT_FOUND.because("there is no such customer");
                }
                return customer(id, row);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public Map<CustomerId, Customer> customers(Set<CustomerId> ids) {
        try (var select = connection.prepareStatement(CUSTOMERS)) {
            var values = ids.stream().map(CustomerId::value).toArray();
            select.setArray(1, connection.createArrayOf("uuid", values));
            Map<CustomerId, Customer> found = new HashMap<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    var id = new CustomerId(row.getObject(7, UUID.class));
                    found.put(id, customer(id, row));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Customer customer(CustomerId id, ResultSet row) throws SQLException {
        var locale = row.getString(5);
        return new Customer(
                id,
                Customer.Kind.valueOf(constant(row.getString(1))),
                row.getString(2),
                Customer.Stage.valueOf(constant(row.getString(3))),
                List.of((String[]) row.getArray(4).getArray()),
                locale == null ? null : Locale.forLanguageTag(locale),
                row.getBoolean(6));
    }

    private static String constant(String lowerCamel) {
        return lowerCamel.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    @Override
    public Contacts contacts(CustomerId id) {
        return ContactRow.read(connection, id);
    }

    @Override
    public Optional<CustomerId> findCustomer(String source, String id) {
        try (var select = connection.prepareStatement(FOREIGN_ID)) {
            select.setString(1, source);
            select.setString(2, id);
            try (var row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new CustomerId(row.getObject(1, UUID.class)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public NamedCustomers people(Collection<? extends AboutCustomer> inputs) {
        return NamedCustomers.find(connection, inputs);
    }

    @Override
    public Set<CustomerId> consented(
            String purpose, @Nullable String channel, Set<CustomerId> customers) {
        return ConsentCheck.consented(connection, writes(), now(), purpose, channel, customers);
    }

    /** Whether what is read can be held until the end. */
    boolean writes() {
        return false;
    }

    @Override
    public URI link(String path) {
        return surroundings.link(path);
    }

    @Override
    public <T> Optional<Map<CustomerId, T>> ask(
            String fact, Class<T> type, Set<CustomerId> customers) {
        return surroundings.ask(fact, type, customers);
    }
}
