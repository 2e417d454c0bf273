package dev.kith.core.customers.table;

import static dev.kith.core.db.Tables.CUSTOMER;

import dev.kith.api.CustomerId;
import dev.kith.core.customers.profile.Profile;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.impl.DSL;

/** In which order customers are listed. The id decides among equals, so pages stay stable. */
public record Order(Column column, boolean descending) {

    enum Column {
        CREATED_AT,
        UPDATED_AT,
        NAME
    }

    /** The value and id of the row behind which a page begins. */
    record Position(String value, CustomerId id) {}

    public static final List<String> SORTS =
            List.of("-createdAt", "createdAt", "name", "-name", "updatedAt", "-updatedAt");

    private static final int ID_LENGTH = 36;

    static Order named(String sort) {
        var descending = sort.startsWith("-");
        var column =
                switch (descending ? sort.substring(1) : sort) {
                    case "createdAt" -> Column.CREATED_AT;
                    case "updatedAt" -> Column.UPDATED_AT;
                    case "name" -> Column.NAME;
                    default -> throw new IllegalArgumentException("no sort is called " + sort);
                };
        return new Order(column, descending);
    }

    List<SortField<?>> fields() {
        return descending
                ? List.of(field().desc(), CUSTOMER.ID.desc())
                : List.of(field().asc(), CUSTOMER.ID.asc());
    }

    Condition behind(Position position) {
        var value = position.value();
        return switch (column) {
            case CREATED_AT -> behind(CUSTOMER.CREATED_AT, Instant.parse(value), position.id());
            case UPDATED_AT -> behind(CUSTOMER.UPDATED_AT, Instant.parse(value), position.id());
            case NAME -> behind(CUSTOMER.NAME, value, position.id());
        };
    }

    private <T> Condition behind(Field<T> field, T value, CustomerId id) {
        var here = DSL.row(field, CUSTOMER.ID);
        var there = DSL.row(DSL.val(value, field), DSL.val(id, CUSTOMER.ID));
        return descending ? here.lessThan(there) : here.greaterThan(there);
    }

    /** The cursor that continues behind a customer. */
    String key(Profile profile) {
        var value =
                switch (column) {
                    case CREATED_AT -> profile.createdAt().toString();
                    case UPDATED_AT -> profile.updatedAt().toString();
                    case NAME -> profile.name();
                };
        return profile.id() + value;
    }

    Position position(String key) {
        return new Position(key.substring(ID_LENGTH), CustomerId.of(key.substring(0, ID_LENGTH)));
    }

    private Field<?> field() {
        return switch (column) {
            case CREATED_AT -> CUSTOMER.CREATED_AT;
            case UPDATED_AT -> CUSTOMER.UPDATED_AT;
            case NAME -> CUSTOMER.NAME;
        };
    }
}
