package dev.kith.testkit;

import dev.kith.api.CustomerId;
import dev.kith.core.database.Cause;
import java.util.Objects;

/** Exports and erases one customer's data as core would. */
record PersonalData(TestCrm crm) {

    String export(CustomerId customer) {
        var area = crm.area();
        var export = Objects.requireNonNull(area.parts().export());
        return crm.node()
                .work()
                .read(area, cause(), read -> area.json().write(export.export(read, customer)));
    }

    void erase(CustomerId customer) {
        var area = crm.area();
        var erase = Objects.requireNonNull(area.parts().erase());
        crm.node()
                .work()
                .write(
                        area,
                        cause(),
                        tx -> {
                            erase.erase(tx, customer);
                            return customer;
                        });
    }

    private Cause cause() {
        return Cause.of(crm.plugin(), Cause.Kind.REQUEST, null);
    }
}
