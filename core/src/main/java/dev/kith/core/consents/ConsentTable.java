package dev.kith.core.consents;

import dev.kith.api.CustomerId;
import dev.kith.api.StandardError;
import dev.kith.core.call.Codes;
import dev.kith.core.database.Ids;
import dev.kith.core.database.Reading;
import dev.kith.core.database.Tx;
import dev.kith.core.failure.SqlFailure;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of consents. */
final class ConsentTable {

    // Whoever changes a customer's consents comes one after another, also where there is none yet.
    private static final String QUEUE =
            "select id from kith.customer where id = ? for no key update";
    // Who relies on a yes holds the row that said it, which may be another than the one that
    // changes: a no to one channel ends what a yes to all of them allowed.
    private static final String HOLD =
            "select channel from kith.consent where customer_id = ? and purpose = ?"
                    + " order by channel for update";
    private static final String ALL =
            "select purpose, channel, state, text_version, evidence, source, expires_at, changed_at"
                    + " from kith.consent where customer_id = ? order by purpose, channel";
    private static final String SOME =
            "select purpose, channel, state, text_version, evidence, source, expires_at, changed_at"
                    + " from kith.consent where customer_id = ? and (purpose, channel) > (?, ?)"
                    + " order by purpose, channel limit ?";
    private static final String SAVE =
            "insert into kith.consent (customer_id, purpose, channel, state, text_version,"
                    + " evidence, source, expires_at, changed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " on conflict (customer_id, purpose, channel) do update set"
                    + " state = excluded.state, text_version = excluded.text_version,"
                    + " evidence = excluded.evidence, source = excluded.source,"
                    + " expires_at = excluded.expires_at, changed_at = excluded.changed_at";
    private static final String REMEMBER =
            "insert into kith.consent_change (customer_id, purpose, channel, act, text_version,"
                    + " evidence, source, expires_at, at, id, actor)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String LAST =
            "select id from kith.consent_change where customer_id = ? order by id desc limit 1";
    private static final String CHANGES =
            "select id, purpose, channel, act, text_version, evidence, source, expires_at, at, actor"
                    + " from kith.consent_change where customer_id = ?"
                    + " and (?::text is null or (purpose = ? and channel = ?))"
                    + " and (?::uuid is null or id < ?) order by id desc limit ?";
    private static final String FORGET = "delete from kith.consent where customer_id = ?";
    private static final String FORGET_CHANGES =
            "delete from kith.consent_change where customer_id = ?";

    /**
     * @throws dev.kith.api.Problem {@code notFound} if there is no such customer
     */
    void queue(Tx tx, CustomerId customer) {
        try (var select = tx.connection().prepareStatement(QUEUE)) {
            select.setObject(1, customer.value());
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw StandardError.NOT_FOUND.because("there is no such customer");
                }
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Waits for everybody who relies on any answer to this purpose. */
    void hold(Tx tx, CustomerId customer, String purpose) {
        try (var select = tx.connection().prepareStatement(HOLD)) {
            select.setObject(1, customer.value());
            select.setString(2, purpose);
            select.executeQuery();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    List<Consent> all(Reading read, CustomerId customer) {
        try (var select = read.connection().prepareStatement(ALL)) {
            select.setObject(1, customer.value());
            try (var row = select.executeQuery()) {
                var all = new ArrayList<Consent>();
                while (row.next()) {
                    all.add(consent(customer, row));
                }
                return all;
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Those behind a place of the list. */
    List<Consent> some(Reading read, CustomerId customer, @Nullable ConsentKey after, int limit) {
        try (var select = read.connection().prepareStatement(SOME)) {
            select.setObject(1, customer.value());
            select.setString(2, after == null ? "" : after.purpose());
            select.setString(3, after == null ? "" : after.channelOrAll());
            select.setInt(4, limit);
            try (var row = select.executeQuery()) {
                var some = new ArrayList<Consent>();
                while (row.next()) {
                    some.add(consent(customer, row));
                }
                return some;
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    Optional<Consent> find(Reading read, CustomerId customer, ConsentKey key) {
        return all(read, customer).stream().filter(each -> each.key().equals(key)).findFirst();
    }

    // Behind the last one, also in the same millisecond or by the clock of another node: what is
    // listed first is true. The customer's row is held, so there is no other meanwhile.
    private static UUID nextId(Tx tx, Consent consent) throws SQLException {
        var id = Ids.at(consent.changedAt());
        try (var select = tx.connection().prepareStatement(LAST)) {
            select.setObject(1, consent.customerId().value());
            try (var row = select.executeQuery()) {
                return row.next() ? Ids.behind(row.getObject(1, UUID.class), id) : id;
            }
        }
    }

    /** Writes what is true now, and that it was said. */
    void save(Tx tx, Consent consent, ConsentChange.Act act) {
        try (var save = tx.connection().prepareStatement(SAVE);
                var remember = tx.connection().prepareStatement(REMEMBER)) {
            set(save, consent, Codes.lowerCamel(consent.state().name()));
            save.executeUpdate();
            set(remember, consent, Codes.lowerCamel(act.name()));
            remember.setObject(10, nextId(tx, consent));
            remember.setString(11, tx.actor().toString());
            remember.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static void set(PreparedStatement statement, Consent consent, String what)
            throws SQLException {
        statement.setObject(1, consent.customerId().value());
        statement.setString(2, consent.purpose());
        statement.setString(3, consent.key().channelOrAll());
        statement.setString(4, what);
        statement.setString(5, consent.textVersion());
        statement.setString(6, consent.evidence());
        statement.setString(7, consent.source());
        statement.setTimestamp(8, timestamp(consent.expiresAt()));
        statement.setTimestamp(9, timestamp(consent.changedAt()));
    }

    /** The latest first. */
    List<ConsentChange> changes(
            Reading read,
            CustomerId customer,
            @Nullable ConsentKey key,
            @Nullable UUID after,
            int limit) {
        try (var select = read.connection().prepareStatement(CHANGES)) {
            select.setObject(1, customer.value());
            select.setString(2, key == null ? null : key.purpose());
            select.setString(3, key == null ? null : key.purpose());
            select.setString(4, key == null ? null : key.channelOrAll());
            select.setObject(5, after);
            select.setObject(6, after);
            select.setInt(7, limit);
            try (var row = select.executeQuery()) {
                var changes = new ArrayList<ConsentChange>();
                while (row.next()) {
                    changes.add(change(row));
                }
                return changes;
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    void forget(Tx tx, CustomerId customer) {
        try (var consents = tx.connection().prepareStatement(FORGET);
                var changes = tx.connection().prepareStatement(FORGET_CHANGES)) {
            consents.setObject(1, customer.value());
            consents.executeUpdate();
            changes.setObject(1, customer.value());
            changes.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Consent consent(CustomerId customer, ResultSet row) throws SQLException {
        var key = new ConsentKey(row.getString(1), channel(row.getString(2)));
        return new Consent(
                key.path(),
                customer,
                key.purpose(),
                key.channel(),
                Consent.State.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                instant(row.getTimestamp(7)),
                row.getTimestamp(8).toInstant());
    }

    private static ConsentChange change(ResultSet row) throws SQLException {
        return new ConsentChange(
                row.getObject(1, UUID.class),
                row.getString(2),
                channel(row.getString(3)),
                ConsentChange.Act.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                instant(row.getTimestamp(8)),
                row.getTimestamp(9).toInstant(),
                row.getString(10));
    }

    private static @Nullable String channel(String stored) {
        return stored.isEmpty() ? null : stored;
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
