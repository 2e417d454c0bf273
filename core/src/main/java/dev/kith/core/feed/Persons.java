package dev.kith.core.feed;

import dev.kith.api.CustomerId;
import dev.kith.api.ForeignId;
import dev.kith.core.database.NamedCustomers;
import dev.kith.core.database.Neighbours;
import dev.kith.core.database.Reading;
import dev.kith.core.database.Tx;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom events are about: looked up together, and made where that is allowed. */
final class Persons {

    /** Whose an event is, and whether that customer has to be made first. */
    record Person(@Nullable CustomerId id, @Nullable ForeignId stranger) {}

    private final NamedCustomers named;
    private final Map<ForeignId, UUID> strangers = new HashMap<>();
    private final Neighbours neighbours = new Neighbours();
    private final Instant now;
    private final boolean create;

    private Persons(NamedCustomers named, Instant now, boolean create) {
        this.named = named;
        this.now = now;
        this.create = create;
    }

    static Persons find(Reading read, List<EventInput> inputs, boolean create) {
        return new Persons(read.people(inputs), read.now(), create);
    }

    Person of(EventInput input) {
        var foreign = input.customer();
        var stranger =
                create
                        && foreign != null
                        && input.customerId() == null
                        && named.known(foreign).isEmpty();
        if (!stranger) {
            return new Person(named.find(input).orElse(null), null);
        }
        var id = strangers.computeIfAbsent(foreign, unknown -> neighbours.next(now));
        return new Person(new CustomerId(id), foreign);
    }

    /** Makes the strangers among them; somebody else may have been faster. */
    static List<Told> settle(Tx tx, Strangers strangers, List<Told> told) {
        Map<ForeignId, Strangers.Stranger> wanted = new LinkedHashMap<>();
        for (var one : told) {
            if (one.stranger() != null && one.customer() != null) {
                var foreign = one.stranger();
                wanted.putIfAbsent(
                        foreign,
                        new Strangers.Stranger(
                                one.customer().value(), foreign.source(), foreign.id()));
            }
        }
        if (wanted.isEmpty()) {
            return told;
        }
        var made = strangers.create(tx, List.copyOf(wanted.values()));
        Map<ForeignId, CustomerId> ids = new HashMap<>();
        var at = 0;
        for (var foreign : wanted.keySet()) {
            ids.put(foreign, made.get(at++));
        }
        return told.stream().map(one -> settled(one, ids)).toList();
    }

    private static Told settled(Told told, Map<ForeignId, CustomerId> ids) {
        var id = told.stranger() == null ? null : ids.get(told.stranger());
        return id == null ? told : told.of(id);
    }
}
