package dev.kith.messages;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Icon;
import dev.kith.api.Permission;
import dev.kith.api.Vocabulary;
import java.time.Duration;

/** Messages that reach people, when they may. */
public final class MessagesPlugin implements CrmPlugin {

    static final Permission READ =
            new Permission("messages:read", "See messages, what became of them, and templates");
    static final Permission WRITE = new Permission("messages:write", "Change templates");

    @Override
    public void register(Crm crm) {
        var config = crm.config(MessagesConfig.class);
        var templates = new Templates();
        var deliveries = new Deliveries(config);
        var unsubscribing = new Unsubscribing();
        var carriers = new Carriers(config);
        var merging = new Merging();
        var retention = new Retention(config);
        var pages = new Pages(templates);

        crm.publishes(Vocabulary.MESSAGE_SENT, Payloads.MessageSent.class);
        crm.publishes(Vocabulary.MESSAGE_SUPPRESSED, Payloads.MessageSuppressed.class);
        crm.publishes(Vocabulary.MESSAGE_FAILED, Payloads.MessageFailed.class);
        crm.on(
                Vocabulary.MESSAGE_REQUESTED,
                Payloads.MessageRequested.class,
                "request",
                deliveries::request);
        crm.on(
                Vocabulary.CONSENT_GIVEN,
                Payloads.ConsentGiven.class,
                "resubscribe",
                unsubscribing::consented);
        crm.sends(
                Sending.NAME,
                Sending.Key.class,
                new Sending(new Judging(config, templates, unsubscribing), carriers));
        crm.timer(Sending.TIMER, Sending.Key.class, deliveries::wake);
        crm.every(Duration.ofHours(1), "forget", retention::forget);
        crm.timer(Retention.TIMER, Retention.Rest.class, (tx, rest) -> retention.forget(tx));

        crm.list("/deliveries", READ, Delivery.class, deliveries::list)
                .summary("What became of messages, the latest first.")
                .query("customerId", java.util.UUID.class, "Only to this customer.")
                .query("messageId", java.util.UUID.class, "Only this message.")
                .query("state", Delivery.State.class, "Only in this state.")
                .query("reason", Reason.class, "Only for this reason.")
                .query("template", String.class, "Only from this template.");
        crm.get("/deliveries/{delivery}", READ, Delivery.class, deliveries::read)
                .summary("What became of one message.");
        templates(crm, templates);

        crm.publicForm(
                Unsubscribing.PATH,
                Unsubscribing.Asked.class,
                "messages.unsubscribe",
                unsubscribing::page,
                unsubscribing::submit);
        crm.publicPage("/unsubscribed", "messages.unsubscribed", unsubscribing::done);
        crm.personalData(merging::export, merging::erase);
        crm.merges(merging::merge, merging::unmerge);

        crm.icon(Icon.MAIL);
        crm.page("/", READ, "messages.title", pages::overview);
        crm.page("/templates/{name}", READ, "messages.template", pages::template);
        crm.card(READ, "messages.title", pages::card);
        crm.customerPanel(READ, "messages.title", pages::panel);
    }

    private static void templates(Crm crm, Templates templates) {
        var one = "/templates/{name}";
        crm.list("/templates", READ, Template.class, templates::list)
                .summary("The templates, built in and written, by name.");
        crm.get(one, READ, Template.class, templates::read).summary("One template.");
        crm.put(one, WRITE, Template.Content.class, Template.class, templates::save)
                .summary("Writes a template; If-Match is \"0\" for one that is built in or new.")
                .fails(MessagesError.values())
                .example(Template.Content.EXAMPLE);
        crm.delete(one, WRITE, templates::remove)
                .summary("Removes what was written; one that is built in is there again.");
        crm.get(one + "/preview", READ, Template.Preview.class, templates::preview)
                .summary("How a template looks, filled in with its sample.")
                .query("language", Language.class, "en or zhCn; the caller's, if not said.");
    }
}
