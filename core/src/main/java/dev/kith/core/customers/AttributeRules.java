package dev.kith.core.customers;

import static dev.kith.core.db.Tables.ATTRIBUTE_DEFINITION;
import static dev.kith.core.db.Tables.ATTRIBUTE_STAMP;
import static dev.kith.core.db.Tables.CUSTOMER;

import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Stored;
import dev.kith.api.Transaction;
import dev.kith.core.customers.profile.Text;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The operator's own attributes: their definitions, and whether a customer's fit them. */
final class AttributeRules {

    /** How many attributes a deployment may define. */
    static final int DEFINITIONS_MAX = Text.ATTRIBUTES_MAX;

    /**
     * @param personal whether it is personal data, for masking, export and erasure
     * @param purpose what it is kept for, as the law asks
     */
    record Definition(
            @NotNull @Pattern(regexp = "[a-z][A-Za-z0-9]{0,49}") String name,
            @NotNull AttributeType type,
            @Nullable Boolean required,
            @Nullable Boolean personal,
            @NotBlank @Size(max = Text.LINE_MAX) @Pattern(regexp = Text.LINE) String purpose) {

        static final Definition EXAMPLE =
                new Definition(
                        "shoeSize", AttributeType.NUMBER, false, true, "Suggest shoes that fit");
    }

    /** What of a definition can change; its name and type are what customers' values rest on. */
    record Change(
            @NotNull Boolean required,
            @NotNull Boolean personal,
            @NotBlank @Size(max = Text.LINE_MAX) @Pattern(regexp = Text.LINE) String purpose) {

        static final Change EXAMPLE = new Change(false, true, "Suggest shoes that fit");
    }

    /**
     * The definitions as they were at one moment.
     *
     * @param stamp changes with every change of them
     */
    record Known(long stamp, List<AttributeDefinition> definitions) {}

    // Who writes a value and who takes a definition away wait for each other, in that order: each
    // looks only when it holds the lock, so what the other has committed is seen. A row lock on the
    // stamp would do as well, but then every such customer would write to that one row.
    private static final String HOLD = "select pg_advisory_xact_lock_shared(1263686568, 3)";
    private static final String HOLD_ALONE = "select pg_advisory_xact_lock(1263686568, 3)";

    private volatile @Nullable Known last;

    /** No definition is taken away from now until the end of the transaction. */
    void hold(Transaction tx) {
        tx.sql().execute(HOLD);
    }

    /** The definitions as read last: to be acted upon only where their stamp is compared. */
    Known last(Read read) {
        var known = last;
        return known == null ? fresh(read) : known;
    }

    /** The definitions as they are. */
    Known fresh(Read read) {
        // The stamp first: if they change in between, it is the older one, and is found to be.
        var stamp = read.sql().select(ATTRIBUTE_STAMP.VERSION).from(ATTRIBUTE_STAMP);
        var known =
                new Known(
                        stamp.fetchSingle(ATTRIBUTE_STAMP.VERSION),
                        all(read, DSL.noCondition(), DEFINITIONS_MAX));
        last = known;
        return known;
    }

    /**
     * Holds the definitions and looks whether attributes fit them.
     *
     * @throws dev.kith.api.Problem {@code invalidInput}, naming every attribute that does not fit
     */
    void check(Transaction tx, Map<String, Object> attributes) {
        hold(tx);
        wrong(fresh(tx), attributes).orThrow();
    }

    /** Where attributes do not fit these definitions. */
    static Places wrong(Known known, Map<String, Object> attributes) {
        var definitions = known.definitions();
        var places = new Places();
        for (var definition : definitions) {
            if (definition.required() && !attributes.containsKey(definition.name())) {
                places.wrong(pointer(definition.name()), "required", "is required");
            }
        }
        attributes.forEach((name, value) ->
                definitions.stream()
                        .filter(definition -> definition.name().equals(name))
                        .findFirst()
                        .ifPresentOrElse(
                                definition -> checkValue(definition, value, places),
                                () ->
                                        places.wrong(
                                                pointer(name),
                                                "unknownName",
                                                "is not defined; see"
                                                        + " /attribute-definitions")));
        return places;
    }

    private static void checkValue(AttributeDefinition definition, Object value, Places places) {
        if (!definition.type().takes(value)) {
            places.wrong(pointer(definition.name()), "wrongType", definition.type().expected());
        }
    }

    private static String pointer(String name) {
        return "/attributes/" + name.replace("~", "~0").replace("/", "~1");
    }

    Page<AttributeDefinition> list(Read read, Request request) {
        var after = request.after();
        var wanted = after.<Condition>map(ATTRIBUTE_DEFINITION.NAME::gt).orElse(DSL.noCondition());
        var rows = all(read, wanted, request.limit() + 1);
        return Page.of(rows, request.limit(), AttributeDefinition::name);
    }

    AttributeDefinition read(Read read, Request request) {
        return find(read, request.path("name"), false).orElseThrow(AttributeRules::unknown);
    }

    AttributeDefinition create(Transaction tx, Request request, Definition input) {
        var now = Customers.now(tx);
        if (tx.sql().fetchCount(ATTRIBUTE_DEFINITION) >= DEFINITIONS_MAX) {
            throw CustomerError.TOO_MANY_ENTRIES.because(
                    "there are at most %d attributes".formatted(DEFINITIONS_MAX));
        }
        var definition =
                new AttributeDefinition(
                        input.name(),
                        input.type(),
                        Boolean.TRUE.equals(input.required()),
                        Boolean.TRUE.equals(input.personal()),
                        input.purpose().strip(),
                        now,
                        now,
                        1);
        var made =
                tx.sql()
                        .insertInto(ATTRIBUTE_DEFINITION)
                        .set(ATTRIBUTE_DEFINITION.NAME, definition.name())
                        .set(ATTRIBUTE_DEFINITION.VERSION, definition.version())
                        .set(ATTRIBUTE_DEFINITION.TYPE, stored(definition.type()))
                        .set(ATTRIBUTE_DEFINITION.REQUIRED, definition.required())
                        .set(ATTRIBUTE_DEFINITION.PERSONAL, definition.personal())
                        .set(ATTRIBUTE_DEFINITION.PURPOSE, definition.purpose())
                        .set(ATTRIBUTE_DEFINITION.CREATED_AT, now)
                        .set(ATTRIBUTE_DEFINITION.UPDATED_AT, now)
                        .onConflictDoNothing()
                        .execute();
        if (made == 0) {
            throw CustomerError.ATTRIBUTE_EXISTS
                    .because("an attribute of this name is defined already")
                    .at("/name", "attributeExists", "is defined already");
        }
        return definition;
    }

    Stored<Change> current(Transaction tx, Request request) {
        var found = find(tx, request.path("name"), true).orElseThrow(AttributeRules::unknown);
        return new Stored<>(
                new Change(found.required(), found.personal(), found.purpose()), found.version());
    }

    AttributeDefinition save(Transaction tx, Request request, Change input) {
        tx.sql()
                .update(ATTRIBUTE_DEFINITION)
                .set(ATTRIBUTE_DEFINITION.VERSION, ATTRIBUTE_DEFINITION.VERSION.plus(1))
                .set(ATTRIBUTE_DEFINITION.REQUIRED, input.required())
                .set(ATTRIBUTE_DEFINITION.PERSONAL, input.personal())
                .set(ATTRIBUTE_DEFINITION.PURPOSE, input.purpose().strip())
                .set(ATTRIBUTE_DEFINITION.UPDATED_AT, Customers.now(tx))
                .where(ATTRIBUTE_DEFINITION.NAME.eq(request.path("name")))
                .execute();
        return find(tx, request.path("name"), false).orElseThrow(AttributeRules::unknown);
    }

    /** Takes a definition away that no customer has a value of. */
    void remove(Transaction tx, Request request) {
        var found = find(tx, request.path("name"), true).orElseThrow(AttributeRules::unknown);
        request.requireVersion(found.version());
        tx.sql().execute(HOLD_ALONE);
        var used =
                tx.sql()
                        .fetchExists(
                                CUSTOMER,
                                DSL.function(
                                                "jsonb_exists",
                                                Boolean.class,
                                                CUSTOMER.ATTRIBUTES,
                                                DSL.val(found.name()))
                                        .isTrue());
        if (used) {
            throw CustomerError.ATTRIBUTE_USED.because("customers still have values of it");
        }
        tx.sql()
                .deleteFrom(ATTRIBUTE_DEFINITION)
                .where(ATTRIBUTE_DEFINITION.NAME.eq(found.name()))
                .execute();
    }

    private static RuntimeException unknown() {
        return StandardError.NOT_FOUND.because("there is no such attribute");
    }

    private static Optional<AttributeDefinition> find(Read read, String name, boolean lock) {
        var select =
                read.sql()
                        .selectFrom(ATTRIBUTE_DEFINITION)
                        .where(ATTRIBUTE_DEFINITION.NAME.eq(name));
        return (lock ? select.forUpdate() : select).fetchOptional(AttributeRules::definition);
    }

    private static List<AttributeDefinition> all(Read read, Condition wanted, int limit) {
        return read.sql()
                .selectFrom(ATTRIBUTE_DEFINITION)
                .where(wanted)
                .orderBy(ATTRIBUTE_DEFINITION.NAME)
                .limit(limit)
                .fetch(AttributeRules::definition);
    }

    private static AttributeDefinition definition(Record row) {
        return new AttributeDefinition(
                row.get(ATTRIBUTE_DEFINITION.NAME),
                AttributeType.valueOf(row.get(ATTRIBUTE_DEFINITION.TYPE).toUpperCase(Locale.ROOT)),
                row.get(ATTRIBUTE_DEFINITION.REQUIRED),
                row.get(ATTRIBUTE_DEFINITION.PERSONAL),
                row.get(ATTRIBUTE_DEFINITION.PURPOSE),
                row.get(ATTRIBUTE_DEFINITION.CREATED_AT),
                row.get(ATTRIBUTE_DEFINITION.UPDATED_AT),
                row.get(ATTRIBUTE_DEFINITION.VERSION));
    }

    private static String stored(AttributeType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
