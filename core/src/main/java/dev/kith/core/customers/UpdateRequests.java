package dev.kith.core.customers;

import dev.kith.api.Event;
import dev.kith.api.Problem;
import dev.kith.api.Transaction;
import dev.kith.core.area.Area;
import dev.kith.core.area.Validation;
import dev.kith.core.call.Codes;
import dev.kith.core.customers.profile.Draft;
import dev.kith.core.customers.profile.Profile;
import dev.kith.core.input.JsonInput;
import dev.kith.core.input.MergePatch;
import dev.kith.core.json.Json;
import java.util.Locale;

/** Does what other areas ask for with {@code customer.updateRequested}. */
final class UpdateRequests {

    static final String REFUSED = "customer.updateRefused";

    private final Customers customers;
    private final Intake intake;
    private final Json json;
    private final Validation validation;

    UpdateRequests(Customers customers, Intake intake, Json json, Validation validation) {
        this.customers = customers;
        this.intake = intake;
        this.json = json;
        this.validation = validation;
    }

    /** A request that cannot be met is an outcome, told to whoever asked; only a bug parks it. */
    void update(Transaction tx, Event<Announced.UpdateRequested> event) {
        try {
            customers.change(
                    tx,
                    event.of(),
                    profile -> intake.next(profile, merged(profile, event), Customers.now(tx)));
        } catch (Problem problem) {
            var code = Codes.of(problem.code(), Area.CORE);
            tx.publish(REFUSED, event.of(), new Announced.UpdateRefused(code, problem.detail()));
        }
    }

    private Draft merged(Profile profile, Event<Announced.UpdateRequested> event) {
        var before = json.strict().valueToTree(Draft.of(profile));
        var after = MergePatch.apply(before, event.payload().patch());
        var draft = (Draft) new JsonInput(json.strict()).fromTree(after, Draft.class);
        validation.check(draft, Locale.ENGLISH);
        return draft;
    }
}
