package dev.kith.core.webhooks;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Permission;
import dev.kith.core.area.Area;
import dev.kith.core.events.Horizon;
import dev.kith.core.feed.Feed;
import dev.kith.core.http.WebClient;
import dev.kith.core.jobs.Skip;
import dev.kith.core.sends.SendState;
import java.time.Clock;

/** Webhooks are a feature of core's own, made with what plugins have. */
public final class WebhooksPlugin implements CrmPlugin {

    public static final Permission READ =
            new Permission("webhooks:read", "See webhooks and what became of their deliveries");
    public static final Permission WRITE =
            new Permission("webhooks:write", "Send events outside: webhooks (with events:read)");

    static final String SENDER = "webhook";

    private final WebClient client = new WebClient();
    private final Telegram telegram;
    private final Webhooks webhooks;
    private final DeliveryLog deliveries;

    /**
     * @param privateAddresses whether webhooks may call what the internet cannot reach
     */
    public WebhooksPlugin(
            Area core, Clock clock, Horizon horizon, Feed feed, boolean privateAddresses) {
        var addresses = new Addresses(privateAddresses);
        webhooks = new Webhooks(addresses, horizon);
        deliveries = new DeliveryLog(core.json());
        telegram = new Telegram(core, clock, feed, client, addresses);
    }

    @Override
    public void register(Crm crm) {
        crm.sends(SENDER, Notice.class, telegram::send);
        crm.post("/webhooks", WRITE, NewWebhook.class, CreatedWebhook.class, webhooks::create)
                .summary("Makes a webhook; its secret is shown this once.")
                .fails(WebhookError.values())
                .example(NewWebhook.EXAMPLE);
        crm.list("/webhooks", READ, WebhookView.class, webhooks::list)
                .summary("Every webhook, whether it runs, and what it could not deliver.");
        var one = "/webhooks/{webhook}";
        crm.get(one, READ, WebhookView.class, webhooks::read).summary("One webhook.");
        crm.patch(
                        one,
                        WRITE,
                        NewWebhook.class,
                        WebhookView.class,
                        webhooks::current,
                        webhooks::save)
                .summary("Changes where a webhook is told what.")
                .fails(WebhookError.ADDRESS_REFUSED)
                .example(NewWebhook.EXAMPLE);
        crm.delete(one, WRITE, webhooks::remove)
                .summary("Removes a webhook, with what it has not been told.");
        crm.action(one + "/pause", WRITE, WebhookView.class, Course::pause)
                .summary("Tells it nothing until resumed; the log keeps what it misses.");
        crm.action(one + "/resume", WRITE, WebhookView.class, Course::resume)
                .summary("Ends a pause or a rest, and tells it what it has missed.");
        crm.action(one + "/rotate-secret", WRITE, CreatedWebhook.class, Course::rotate)
                .summary("Makes a new secret; for 24 hours requests carry both signatures.");
        crm.action(one + "/replay", WRITE, ReplayFrom.class, WebhookView.class, Course::replay)
                .summary("Tells it everything again from an event on.")
                .example(ReplayFrom.EXAMPLE);
        registerDeliveries(crm, one + "/deliveries");
    }

    private void registerDeliveries(Crm crm, String all) {
        crm.list(all, READ, DeliveryView.class, deliveries::list)
                .summary("What it was told and is to be told, the latest first.")
                .query("state", SendState.class, "Only in this state.");
        crm.action(all + "/{delivery}/retry", WRITE, DeliveryView.class, deliveries::retry)
                .summary("Tells it once more, whatever became of it before.");
        crm.action(
                        all + "/{delivery}/skip",
                        WRITE,
                        Skip.class,
                        DeliveryView.class,
                        deliveries::skip)
                .summary("Gives a delivery up, with a reason.")
                .example(new Skip("the order was a test"));
    }

    @Override
    public void stop() {
        client.close();
    }
}
