package dev.kith.loyalty;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Icon;
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
        var accounts = new Accounts(config);
        crm.fact("points", Long.class, "Points that can be spent now", accounts::points);
        crm.fact("tier", String.class, "The tier reached by points of a year", accounts::tiers);

        var rules = new Rules(config, crm::audience);
        var ledger = new Ledger(config);
        var refunds = new Refunds(config, rules, ledger);
        var earning = new Earning(config, rules, ledger, refunds);
        var rewards = new Rewards(ledger);
        var holds = new Holds(config);
        var quotes = new Quotes(config, rules);
        var merging = new Merging();
        var pages = new Pages(accounts);
        var program = Program.of(config);

        crm.get("/accounts/{customer}", READ, Account.class, accounts::account)
                .summary("Shows a customer's points; one who never earned any has zero.");
        crm.list("/accounts/{customer}/entries", READ, Entry.class, accounts::entries)
                .summary("Lists what changed a balance, and why, the latest first.");
        crm.list("/accounts/{customer}/lots", READ, Lots.Left.class, Lots::list)
                .summary("Lists what is left of each day's points, what is spent next first.");
        crm.action("/quotes", READ, Quote.Wanted.class, Quote.class, quotes::quote)
                .summary("Says what a purchase would earn, and what points would pay of it.")
                .example(Quote.Wanted.EXAMPLE);

        crm.publicGet("/program", Program.class, (read, request) -> program)
                .summary("Tells everybody the terms: what a purchase earns, and the tiers.");

        crm.post(
                        "/accounts/{customer}/redemptions",
                        REDEEM,
                        Redemption.class,
                        Redemption.Receipt.class,
                        Redemption::redeem)
                .summary("Spends points at once.")
                .fails(LoyaltyError.INSUFFICIENT_POINTS)
                .example(new Redemption(500, "coffee mug"));
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
        crm.publishes(Vocabulary.POINTS_SPENT, Payloads.PointsSpent.class);
        crm.publishes(Vocabulary.POINTS_EXPIRED, Payloads.PointsExpired.class);
        crm.publishes(Vocabulary.POINTS_REVERSED, Payloads.PointsReversed.class);
        crm.publishes(Vocabulary.REWARD_GRANTED, Payloads.RewardGranted.class);
        crm.publishes(Vocabulary.REWARD_REFUSED, Payloads.RewardRefused.class);
        crm.publishes(Vocabulary.REWARD_REVERSED, Payloads.RewardReversed.class);

        crm.onBatch(Vocabulary.PURCHASE_COMPLETED, Payloads.Purchase.class, "earn", earning::earn)
                .fromBeginning()
                .batchMax(EARN_BATCH_MAX);
        crm.on(Vocabulary.PURCHASE_REFUNDED, Payloads.Refund.class, "refund", refunds::refund)
                .fromBeginning();
        crm.on(
                Vocabulary.REWARD_REQUESTED,
                Payloads.RewardRequested.class,
                "grant",
                rewards::grant);
        crm.on(
                Vocabulary.REWARD_REVERSAL_REQUESTED,
                Payloads.ReversalRequested.class,
                "reverse",
                rewards::reverse);
        crm.every(Duration.ofHours(1), "expire", Expiry::expire);
        crm.timer(Expiry.TIMER, Expiry.Rest.class, Expiry::expire);
        crm.every(Duration.ofHours(1), "settleRefunds", refunds::settle);
        crm.every(Duration.ofHours(1), "sumUpDays", DayTotals::sumUp);

        crm.personalData(merging::export, merging::erase);
        crm.merges(merging::merge, merging::unmerge);

        crm.icon(Icon.STAR);
        crm.page("/", READ, "loyalty.title", pages::overview);
        crm.card(READ, "loyalty.title", pages::card);
        crm.customerPanel(READ, "loyalty.panel", pages::panel);
    }
}
