package dev.kith.loyalty;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Permission;
import dev.kith.api.Vocabulary;
import java.time.Duration;

/** Points that customers earn, keep and spend. */
public final class LoyaltyPlugin implements CrmPlugin {

    static final Permission READ = new Permission("loyalty:read", "See balances and entries");
    static final Permission REDEEM = new Permission("loyalty:redeem", "Spend a customer's points");

    /** The most purchases one transaction credits: larger ones were no faster. */
    private static final int EARN_BATCH_MAX = 1_000;

    @Override
    public void register(Crm crm) {
        var config = crm.config(ProgramConfig.class);
        var ledger = new Ledger(config);
        var holds = new Holds(config);
        var expiry = new Expiry();
        var rewards = new Rewards(ledger);
        var merging = new Merging();
        var pages = new Pages(ledger);

        crm.get("/accounts/{customer}", READ, Account.class, ledger::account)
                .summary("Shows a customer's points; one who never earned any has zero.");
        crm.list("/accounts/{customer}/entries", READ, Entry.class, ledger::entries)
                .summary("Lists what changed a balance, and why, the latest first.");

        crm.post("/accounts/{customer}/holds", REDEEM, Hold.Request.class, Hold.class, holds::hold)
                .summary("Sets points aside until they are captured or released.")
                .fails(LoyaltyError.INSUFFICIENT_POINTS)
                .example(new Hold.Request(500, "coffee mug", null));
        crm.get("/holds/{hold}", READ, Hold.class, holds::find).summary("Shows a hold.");
        crm.action("/holds/{hold}/capture", REDEEM, Hold.class, holds::capture)
                .summary("Spends the points that are held.");
        crm.action("/holds/{hold}/release", REDEEM, Hold.class, holds::release)
                .summary("Gives the points that are held back.");
        crm.timer("lapse", Hold.Id.class, holds::lapse);

        crm.publishes(Vocabulary.POINTS_EARNED, Payloads.PointsEarned.class);
        crm.publishes("points.spent", Payloads.PointsSpent.class);
        crm.publishes("points.expired", Payloads.PointsExpired.class);
        crm.publishes("reward.granted", Payloads.RewardGranted.class);
        crm.publishes("reward.refused", Payloads.RewardRefused.class);

        crm.onBatch(Vocabulary.PURCHASE_COMPLETED, Payloads.Purchase.class, "earn", ledger::earn)
                .fromBeginning()
                .batchMax(EARN_BATCH_MAX);
        crm.on(
                Vocabulary.REWARD_REQUESTED,
                Payloads.RewardRequested.class,
                "grant",
                rewards::grant);
        crm.every(Duration.ofHours(1), "expire", expiry::expire);

        crm.fact("points", Long.class, "Points that can be spent now", ledger::points);
        crm.fact("tier", String.class, "The tier reached by points ever earned", ledger::tiers);
        crm.personalData(merging::export, merging::erase);
        crm.merges(merging::merge, merging::unmerge);

        crm.page("/", READ, "loyalty.title", pages::overview);
        crm.card(READ, "loyalty.title", pages::card);
        crm.customerPanel(READ, "loyalty.panel", pages::panel);
    }
}
