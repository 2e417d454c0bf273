package dev.kith.referrals;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.ForeignId;
import dev.kith.api.Icon;
import dev.kith.api.Permission;
import dev.kith.api.Vocabulary;
import java.time.Duration;
import java.util.UUID;

/** Customers who bring customers, and what both get for it. */
public final class ReferralsPlugin implements CrmPlugin {

    static final Permission READ = new Permission("referrals:read", "See who invited whom");
    static final Permission WRITE =
            new Permission("referrals:write", "Make codes and claim them for customers");

    @Override
    public void register(Crm crm) {
        var config = crm.config(ReferralsConfig.class);
        var codes = new Codes(config);
        var claims = new Claims(config);
        var purchases = new Purchases(config, claims);
        var refunds = new Refunds(config);
        var pages = new Pages(codes);
        var till = new ForeignId("pos", "8812");

        crm.post("/codes", WRITE, Code.Wanted.class, Code.class, codes::create)
                .summary("Makes a code that invites, or answers the one there is with 200.")
                .fails(ReferralsError.values())
                .example(new Code.Wanted(null, till, "SUMMER-ANNA"));
        crm.get("/codes/{code}", READ, Code.class, codes::find).summary("Shows a code.");
        crm.list("/codes", READ, Code.class, codes::list)
                .query("customerId", UUID.class, "Only of this customer.")
                .summary("Lists codes.");

        crm.post("/claims", WRITE, Claim.New.class, Claim.class, claims::claim)
                .summary(
                        "Says that somebody came with a code. A refusal is kept, and answered 201.")
                .example(new Claim.New("SUMMER-ANNA", null, till));
        crm.get("/claims/{claim}", READ, Claim.class, claims::find).summary("Shows a claim.");
        crm.list("/claims", READ, Claim.class, claims::list)
                .query("state", Claim.State.class, "Only in this state.")
                .query("customerId", UUID.class, "Only of whom was invited.")
                .query("inviterId", UUID.class, "Only of who invited.")
                .summary("Lists claims, the latest first.");
        crm.timer("expire", Claim.Key.class, claims::expire);

        crm.publishes(Vocabulary.REFERRAL_CLAIMED, Payloads.Referral.class);
        crm.publishes(Vocabulary.REFERRAL_QUALIFIED, Payloads.Referral.class);
        crm.publishes(Vocabulary.REFERRAL_REWARDED, Payloads.Referral.class);
        crm.publishes(Vocabulary.REFERRAL_EXPIRED, Payloads.Referral.class);
        crm.publishes(Vocabulary.REFERRAL_CLAWED_BACK, Payloads.Referral.class);
        crm.publishes(Vocabulary.REFERRAL_REFUSED, Payloads.Refused.class);

        crm.onBatch(
                        Vocabulary.PURCHASE_COMPLETED,
                        Payloads.Purchase.class,
                        "purchases",
                        purchases::take)
                .fromBeginning();
        crm.onBatch(Vocabulary.PURCHASE_REFUNDED, Payloads.Refund.class, "refunds", refunds::take);
        crm.onBatch(
                Vocabulary.REWARD_GRANTED, Payloads.RewardDone.class, "granted", Rewards::granted);
        crm.on(
                Vocabulary.REWARD_REFUSED,
                Payloads.RewardRefused.class,
                "refused",
                Rewards::refused);
        crm.on(
                Vocabulary.REWARD_REVERSED,
                Payloads.RewardDone.class,
                "reversed",
                Rewards::reversed);
        crm.every(Duration.ofHours(1), "forget", refunds::forget);

        crm.fact("invited", Long.class, "How many this customer has invited", Merging::invited);
        crm.personalData(Merging::export, Merging::erase);
        crm.merges(Merging::merge, Merging::unmerge);

        crm.icon(Icon.SHARE);
        crm.page("/", READ, "referrals.title", pages::overview);
        crm.card(READ, "referrals.title", pages::card);
        crm.customerPanel(READ, "referrals.panel", pages::panel);
        crm.publicPage("/{code}", "referrals.invitation", pages::invitation);
    }
}
