package dev.kith.core.customers.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.kith.api.Customer;
import dev.kith.api.CustomerId;
import dev.kith.core.call.Codes;
import dev.kith.core.customers.profile.Birthday;
import dev.kith.core.customers.profile.EmailAddress;
import dev.kith.core.customers.profile.ExternalId;
import dev.kith.core.customers.profile.PhoneNumber;
import dev.kith.core.customers.profile.PostalAddress;
import dev.kith.core.customers.profile.Profile;
import dev.kith.core.json.Json;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A customer as a row and back. On the hottest paths, so in plain JDBC. */
public final class CustomerRows {

    /** The columns in the order in which {@link #read} and {@link #bind} take them. */
    static final List<String> COLUMNS =
            List.of(
                    "id",
                    "version",
                    "kind",
                    "name",
                    "given_name",
                    "family_name",
                    "emails",
                    "phones",
                    "addresses",
                    "birthday",
                    "locale",
                    "time_zone",
                    "tags",
                    "external_ids",
                    "parent_id",
                    "owner_id",
                    "stage",
                    "attributes",
                    "created_at",
                    "updated_at",
                    "archived_at");

    private static final Map<String, Customer.Kind> KINDS = names(Customer.Kind.values());
    private static final Map<String, Customer.Stage> STAGES = names(Customer.Stage.values());

    private final Json json;
    private final Stored<List<EmailAddress>> emails;
    private final Stored<List<PhoneNumber>> phones;
    private final Stored<List<PostalAddress>> addresses;
    private final Stored<Birthday> birthday;
    private final Stored<List<ExternalId>> externalIds;
    private final Stored<Map<String, Object>> attributes;

    /** Reads what a column of JSON holds. */
    private record Stored<T>(ObjectReader reader) {

        static <T> Stored<T> as(ObjectMapper mapper, TypeReference<T> type) {
            return new Stored<>(mapper.readerFor(type));
        }

        T read(String text) {
            try {
                return reader.readValue(text);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public CustomerRows(Json json) {
        this.json = json;
        var mapper = json.tolerant();
        emails = Stored.as(mapper, new TypeReference<>() {});
        phones = Stored.as(mapper, new TypeReference<>() {});
        addresses = Stored.as(mapper, new TypeReference<>() {});
        birthday = Stored.as(mapper, new TypeReference<>() {});
        externalIds = Stored.as(mapper, new TypeReference<>() {});
        attributes = Stored.as(mapper, new TypeReference<>() {});
    }

    Profile read(ResultSet row) throws SQLException {
        var i = 1;
        var id = customer(row, i++);
        var version = row.getLong(i++);
        return new Profile(
                Objects.requireNonNull(id),
                known(KINDS, row.getString(i++)),
                row.getString(i++),
                row.getString(i++),
                row.getString(i++),
                list(emails, row.getString(i++)),
                list(phones, row.getString(i++)),
                list(addresses, row.getString(i++)),
                birthday(row.getString(i++)),
                row.getString(i++),
                row.getString(i++),
                List.of((String[]) row.getArray(i++).getArray()),
                list(externalIds, row.getString(i++)),
                customer(row, i++),
                row.getObject(i++, UUID.class),
                known(STAGES, row.getString(i++)),
                attributes(row.getString(i++)),
                Objects.requireNonNull(instant(row, i++)),
                Objects.requireNonNull(instant(row, i++)),
                instant(row, i),
                version);
    }

    /** Fills the parameters of all columns and, behind them, of {@code search}. */
    void bind(PreparedStatement statement, Profile profile) throws SQLException {
        var connection = statement.getConnection();
        var i = 1;
        statement.setObject(i++, profile.id().value());
        statement.setLong(i++, profile.version());
        statement.setString(i++, Codes.lowerCamel(profile.kind().name()));
        statement.setString(i++, profile.name());
        statement.setString(i++, profile.givenName());
        statement.setString(i++, profile.familyName());
        statement.setString(i++, text(profile.emails()));
        statement.setString(i++, text(profile.phones()));
        statement.setString(i++, text(profile.addresses()));
        statement.setString(
                i++, profile.birthday() == null ? null : json.write(profile.birthday()));
        statement.setString(i++, profile.locale());
        statement.setString(i++, profile.timeZone());
        statement.setArray(i++, connection.createArrayOf("text", profile.tags().toArray()));
        statement.setString(i++, text(profile.externalIds()));
        statement.setObject(i++, profile.parentId() == null ? null : profile.parentId().value());
        statement.setObject(i++, profile.ownerId());
        statement.setString(i++, Codes.lowerCamel(profile.stage().name()));
        statement.setString(
                i++, profile.attributes().isEmpty() ? "{}" : json.write(profile.attributes()));
        statement.setTimestamp(i++, Timestamp.from(profile.createdAt()));
        statement.setTimestamp(i++, Timestamp.from(profile.updatedAt()));
        statement.setTimestamp(
                i++, profile.archivedAt() == null ? null : Timestamp.from(profile.archivedAt()));
        var tokens = FilterTokens.of(profile).toArray();
        statement.setArray(i, connection.createArrayOf("text", tokens));
    }

    private String text(List<?> entries) {
        return entries.isEmpty() ? "[]" : json.write(entries);
    }

    // Most customers have most lists empty.
    private static <T> List<T> list(Stored<List<T>> stored, String text) {
        return text.equals("[]") ? List.of() : stored.read(text);
    }

    private @Nullable Birthday birthday(@Nullable String text) {
        return text == null ? null : birthday.read(text);
    }

    private Map<String, Object> attributes(String text) {
        return text.equals("{}") ? Map.of() : attributes.read(text);
    }

    private static @Nullable CustomerId customer(ResultSet row, int column) throws SQLException {
        var id = row.getObject(column, UUID.class);
        return id == null ? null : new CustomerId(id);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static <E> E known(Map<String, E> names, String name) {
        var found = names.get(name);
        if (found == null) {
            throw new IllegalStateException("the database has an unknown " + name);
        }
        return found;
    }

    private static <E extends Enum<E>> Map<String, E> names(E[] constants) {
        return Arrays.stream(constants)
                .collect(
                        Collectors.toUnmodifiableMap(
                                constant -> Codes.lowerCamel(constant.name()),
                                Function.identity()));
    }
}
