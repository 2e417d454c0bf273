package dev.kith.core.consents;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.View;
import dev.kith.api.Vocabulary;
import java.util.Map;

/** Consents, which belong to no area because every area needs them. */
public final class ConsentsPlugin implements CrmPlugin {

    static final Permission READ =
            new Permission("consents:read", "See what customers have consented to");
    static final Permission WRITE =
            new Permission("consents:write", "Record consents and their withdrawal");

    private final Consents consents = new Consents();

    @Override
    public void register(Crm crm) {
        crm.publishes(Vocabulary.CONSENT_GIVEN, Told.Given.class);
        crm.publishes(Vocabulary.CONSENT_WITHDRAWN, Told.Withdrawn.class);
        crm.publishes(Vocabulary.CONSENT_WITHDRAWAL_REQUESTED, Told.WithdrawalRequested.class);
        crm.on(
                Vocabulary.CONSENT_WITHDRAWAL_REQUESTED,
                Told.WithdrawalRequested.class,
                "withdraw-consent",
                consents::withdraw);
        crm.timer(Consents.EXPIRY, Consents.Expiring.class, consents::expire);

        var all = "/customers/{customer}/consents";
        var one = all + "/{consent}";
        crm.list(all, READ, Consent.class, consents::list)
                .summary("What a customer has said to each purpose and channel.");
        crm.post(all, WRITE, NewConsent.class, Consent.class, consents::give)
                .summary("Records a consent; the same again changes nothing and answers 200.")
                .fails(ConsentError.values())
                .example(NewConsent.EXAMPLE);
        crm.get(one, READ, Consent.class, consents::one)
                .summary("One of them, named purpose or purpose:channel.");
        crm.action(one + "/withdraw", WRITE, Withdrawal.class, Consent.class, consents::withdraw)
                .summary("Records a no: to one channel, or to a purpose on all of its channels.")
                .fails(ConsentError.values())
                .example(Withdrawal.EXAMPLE);
        crm.list(one + "/changes", READ, ConsentChange.class, consents::changes)
                .summary("All that was ever said to it, the latest first.");

        crm.personalData(consents::export, consents::erase);
        crm.customerPanel(READ, "consents.panel", this::panel);
    }

    View panel(Read read, CustomerId customer) {
        return new View(
                "console/consents.jte",
                Map.of("customer", customer, "consents", consents.of(read, customer)));
    }
}
