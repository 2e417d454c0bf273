package dev.kith.core.customers;

import dev.kith.api.Crm;
import dev.kith.api.CustomerId;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import dev.kith.core.customers.profile.Draft;
import dev.kith.core.customers.profile.ExternalId;
import dev.kith.core.customers.profile.NamedDraft;
import dev.kith.core.customers.table.CustomerTable;
import dev.kith.core.database.Neighbours;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Creates or updates many customers by their ids in one other system, one line each. */
final class CustomerStream
        implements Crm.Lines<NamedDraft, CustomerStream.Wanted, CustomerStream.Written> {

    enum Status {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    /** What became of a line. */
    record Written(CustomerId id, Status status) {}

    /**
     * A line and whose it is.
     *
     * @param customer who has the foreign id, or who gets it if nobody is faster
     */
    record Wanted(ExternalId foreign, CustomerId customer, Draft draft) {}

    private final Customers customers;
    private final CustomerTable table;

    CustomerStream(Customers customers, CustomerTable table) {
        this.customers = customers;
        this.table = table;
    }

    @Override
    public List<Crm.Prepared<Wanted>> prepare(Read read, Request request, List<NamedDraft> lines) {
        var source = request.path("source");
        var foreign = lines.stream().map(line -> new ExternalId(source, line.id())).toList();
        foreign.forEach(ExternalIds::check);
        var owners = new HashMap<>(table.owners(read, foreign));
        var prepared = new ArrayList<Crm.Prepared<Wanted>>(lines.size());
        var neighbours = new Neighbours();
        var now = Customers.now(read);
        for (var i = 0; i < lines.size(); i++) {
            var id = foreign.get(i);
            var customer =
                    owners.computeIfAbsent(id, unknown -> new CustomerId(neighbours.next(now)));
            var draft = Customers.withForeignId(lines.get(i).draft(), id);
            prepared.add(Crm.Prepared.of(customer, new Wanted(id, customer, draft)));
        }
        return prepared;
    }

    @Override
    public List<Crm.Applied<Written>> apply(Transaction tx, Request request, List<Wanted> lines) {
        var owners = claim(tx, lines);
        var made = new HashSet<ExternalId>();
        var applied = new ArrayList<Crm.Applied<Written>>(lines.size());
        for (var line : lines) {
            try {
                applied.add(Crm.Applied.done(write(tx, line, owners, made)));
            } catch (Problem refusal) {
                applied.add(Crm.Applied.refused(refusal));
            }
        }
        var unmade = lines.stream().map(Wanted::foreign).filter(owners.fresh()::contains);
        releaseAll(tx, lines, unmade.filter(id -> !made.contains(id)).toList());
        return applied;
    }

    /** Whose the foreign ids are, and which of them were nobody's. */
    private record Owners(Map<ExternalId, CustomerId> of, Set<ExternalId> fresh) {}

    private Owners claim(Transaction tx, List<Wanted> lines) {
        Map<ExternalId, CustomerId> wanted = new LinkedHashMap<>();
        lines.forEach(line -> wanted.putIfAbsent(line.foreign(), line.customer()));
        var fresh = table.claimAll(tx, wanted);
        return new Owners(table.owners(tx, wanted.keySet()), fresh);
    }

    private Written write(Transaction tx, Wanted line, Owners owners, Set<ExternalId> made) {
        var owner = Objects.requireNonNull(owners.of().get(line.foreign()));
        if (owners.fresh().contains(line.foreign()) && !made.contains(line.foreign())) {
            customers.insertClaimed(tx, owner, line.draft(), line.foreign());
            made.add(line.foreign());
            return new Written(owner, Status.CREATED);
        }
        var before = table.lock(tx, owner).version();
        var after = customers.overwrite(tx, owner, line.draft(), line.foreign());
        return new Written(owner, after.version() == before ? Status.UNCHANGED : Status.UPDATED);
    }

    // A foreign id whose line was refused stays nobody's.
    private void releaseAll(Transaction tx, List<Wanted> lines, List<ExternalId> ids) {
        for (var line : lines) {
            if (ids.contains(line.foreign())) {
                table.release(tx, line.customer(), List.of(line.foreign()));
            }
        }
    }
}
