package dev.kith.core.customers;

import dev.kith.api.CustomerId;
import dev.kith.core.customers.profile.Draft;
import dev.kith.core.customers.profile.ExternalId;
import dev.kith.core.customers.profile.Profile;
import dev.kith.core.customers.table.CustomerRows;
import dev.kith.core.customers.table.CustomerTable;
import dev.kith.core.database.Tx;
import dev.kith.core.feed.Strangers;
import dev.kith.core.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes customers of foreign ids, many at a time; whoever has an id already keeps it. */
public final class Newcomers implements Strangers {

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
        Map<ExternalId, CustomerId> wanted = new LinkedHashMap<>();
        for (var stranger : strangers) {
            var foreign = id(stranger);
            ExternalIds.check(foreign);
            wanted.putIfAbsent(foreign, new CustomerId(stranger.id()));
        }
        var free = table.claimAll(tx, wanted);
        var owners = table.owners(tx, wanted.keySet());
        var made = new ArrayList<Profile>();
        wanted.forEach((foreign, customer) -> {
            if (free.contains(foreign)) {
                var draft = Draft.of(foreign);
                made.add(intake.first(customer, draft, Customers.now(tx)));
            }
        });
        table.insertAll(tx, made);
        made.forEach(profile -> Customers.announce(tx, profile));
        return strangers.stream().map(s -> Objects.requireNonNull(owners.get(id(s)))).toList();
    }

    private static ExternalId id(Stranger stranger) {
        return new ExternalId(stranger.source(), stranger.externalId());
    }
}
