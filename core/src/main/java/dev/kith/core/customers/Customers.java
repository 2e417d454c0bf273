package dev.kith.core.customers;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Stored;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.core.call.CoreRequest;
import dev.kith.core.customers.profile.Draft;
import dev.kith.core.customers.profile.ExternalId;
import dev.kith.core.customers.profile.Profile;
import dev.kith.core.customers.table.CustomerTable;
import dev.kith.core.database.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The rules: how a customer comes to be and changes, and what is announced of it. */
final class Customers {

    private final CustomerTable table;
    private final Intake intake;
    private final AttributeRules attributes;

    Customers(CustomerTable table, Intake intake, AttributeRules attributes) {
        this.table = table;
        this.intake = intake;
        this.attributes = attributes;
    }

    Profile read(Read read, Request request) {
        return table.find(read, named(request))
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such customer"));
    }

    Profile create(Transaction tx, Request request, Draft draft) {
        var now = now(tx);
        return insert(tx, intake.first(new CustomerId(Ids.at(now)), draft, now), List.of());
    }

    Stored<Draft> current(Transaction tx, Request request) {
        var profile = table.lock(tx, named(request));
        return new Stored<>(Draft.of(profile), profile.version());
    }

    Profile save(Transaction tx, Request request, Draft draft) {
        return change(tx, named(request), profile -> intake.next(profile, draft, now(tx)));
    }

    /** Creates or updates by a foreign id. The unique row of that id decides who was first. */
    Profile put(Transaction tx, Request request, Draft draft) {
        var foreign = foreign(request);
        var wanted = withForeignId(draft, foreign);
        var now = now(tx);
        var id = new CustomerId(Ids.at(now));
        if (table.claim(tx, id, List.of(foreign)) == 1) {
            request.answers(201);
            return insertClaimed(tx, id, wanted, foreign);
        }
        var owner =
                table.owner(tx, foreign)
                        .orElseThrow(
                                () -> StandardError.CONFLICT.because("it was removed meanwhile"));
        return overwrite(tx, owner, wanted, foreign);
    }

    /** Creates the customer for whom a foreign id has been claimed. */
    Profile insertClaimed(Transaction tx, CustomerId id, Draft draft, ExternalId claimed) {
        return insert(tx, intake.first(id, draft, now(tx)), List.of(claimed));
    }

    /** Writes what a draft says over a customer; what it leaves out stays. */
    Profile overwrite(Transaction tx, CustomerId owner, Draft draft, ExternalId foreign) {
        return change(
                tx,
                owner,
                profile -> {
                    var whole = withForeignId(draft.over(Draft.of(profile)), foreign);
                    return intake.next(profile, whole, now(tx));
                });
    }

    Profile archive(Transaction tx, Request request) {
        var profile = table.lock(tx, named(request));
        if (profile.archivedAt() != null) {
            return profile;
        }
        var archived = profile.archived(now(tx), now(tx));
        table.update(tx, archived);
        tx.publish(Vocabulary.CUSTOMER_ARCHIVED, profile.id(), new Announced.Archived());
        return archived;
    }

    Profile restore(Transaction tx, Request request) {
        var profile = table.lock(tx, named(request));
        if (profile.archivedAt() == null) {
            return profile;
        }
        var restored = profile.archived(null, now(tx));
        table.update(tx, restored);
        tx.publish(Vocabulary.CUSTOMER_RESTORED, profile.id(), new Announced.Restored());
        return restored;
    }

    /**
     * Locks a customer and makes the next version of it. Where that says the same as before nothing
     * is written, so what is repeated leaves no trace.
     */
    Profile change(Transaction tx, CustomerId customer, UnaryOperator<Profile> next) {
        var before = table.lock(tx, customer);
        var after = next.apply(before);
        var fields = Differences.between(before, after);
        if (fields.isEmpty()) {
            return before;
        }
        if (fields.contains("attributes")) {
            attributes.check(tx, after.attributes());
        }
        if (fields.contains("parentId")) {
            checkParent(tx, after);
        }
        if (fields.contains("externalIds")) {
            claim(tx, after, added(after.externalIds(), before.externalIds()));
            table.release(tx, customer, added(before.externalIds(), after.externalIds()));
        }
        table.update(tx, after);
        tx.publish(Vocabulary.CUSTOMER_UPDATED, customer, new Announced.Updated(fields));
        return after;
    }

    /** Now, as it is stored and answered. */
    static Instant now(Read read) {
        return read.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The customer a path names; that there is one is found out by reading it. */
    static CustomerId named(Request request) {
        return ((CoreRequest) request).namedCustomer("customer");
    }

    private Profile insert(Transaction tx, Profile profile, List<ExternalId> claimed) {
        checkParent(tx, profile);
        claim(tx, profile, added(profile.externalIds(), claimed));
        if (!profile.attributes().isEmpty()) {
            attributes.hold(tx);
        }
        if (!insertIfFits(tx, profile, attributes.last(tx))) {
            insertFitting(tx, profile, attributes.fresh(tx));
        }
        announce(tx, profile);
        return profile;
    }

    private boolean insertIfFits(Transaction tx, Profile profile, AttributeRules.Known known) {
        return AttributeRules.wrong(known, profile.attributes()).isEmpty()
                && table.insert(tx, profile, known.stamp());
    }

    private void insertFitting(Transaction tx, Profile profile, AttributeRules.Known known) {
        AttributeRules.wrong(known, profile.attributes()).orThrow();
        if (!table.insert(tx, profile, known.stamp())) {
            throw StandardError.CONFLICT.because("the attributes are being changed just now");
        }
    }

    static void announce(Transaction tx, Profile made) {
        tx.publish(
                Vocabulary.CUSTOMER_CREATED,
                made.id(),
                new Announced.Created(made.kind(), made.stage()));
    }

    private void claim(Transaction tx, Profile profile, List<ExternalId> ids) {
        if (table.claim(tx, profile.id(), ids) == ids.size()) {
            return;
        }
        // Whoever catches this problem goes on in the same transaction.
        table.release(tx, profile.id(), ids);
        var taken =
                ids.stream()
                        .filter(id -> table.owner(tx, id).isPresent())
                        .findFirst()
                        .orElse(ids.getFirst());
        throw CustomerError.EXTERNAL_ID_TAKEN
                .because("another customer has this foreign id")
                .at(
                        "/externalIds/" + profile.externalIds().indexOf(taken),
                        "externalIdTaken",
                        "another customer has this foreign id");
    }

    private void checkParent(Transaction tx, Profile profile) {
        var parent = profile.parentId();
        if (parent == null) {
            return;
        }
        var above = table.withParents(tx, parent);
        if (above.isEmpty()) {
            throw StandardError.UNKNOWN_REFERENCE
                    .because("there is no such parent")
                    .at("/parentId", "unknownReference", "there is no such customer");
        }
        if (above.contains(profile.id())) {
            throw CustomerError.PARENT_CYCLE
                    .because("a customer cannot belong to itself")
                    .at("/parentId", "parentCycle", "belongs to this customer already");
        }
        if (above.size() > CustomerTable.PARENTS_MAX) {
            throw CustomerError.PARENT_CYCLE
                    .because("there are at most %d levels".formatted(CustomerTable.PARENTS_MAX))
                    .at("/parentId", "tooDeep", "has too many levels above it");
        }
    }

    private static ExternalId foreign(Request request) {
        var foreign = new ExternalId(request.path("source"), request.path("id"));
        ExternalIds.check(foreign);
        return foreign;
    }

    static Draft withForeignId(Draft draft, ExternalId foreign) {
        var ids = draft.externalIds();
        if (ids != null && ids.contains(foreign)) {
            return draft;
        }
        var all = new ArrayList<ExternalId>(ids == null ? List.of() : ids);
        all.add(foreign);
        return draft.withExternalIds(all);
    }

    private static List<ExternalId> added(List<ExternalId> now, List<ExternalId> before) {
        return now.stream().filter(id -> !before.contains(id)).toList();
    }
}
