package dev.kith.messages;

import static dev.kith.messages.db.Tables.LINK;
import static dev.kith.messages.db.Tables.UNSUBSCRIBED;
import static org.jooq.impl.DSL.noCondition;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Secret;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.api.View;
import dev.kith.api.Vocabulary;
import dev.kith.messages.DeliveryTable.Pending;
import dev.kith.messages.Outgoing.Rendered;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Links by which customers say no more, and what they said. */
final class Unsubscribing {

    static final String PATH = "/unsubscribe/{token}";
    private static final String DONE = "/public/messages/unsubscribed";

    /**
     * @param oneClick what a mail program sends in the name of its user (RFC 8058)
     */
    record Asked(@JsonProperty("List-Unsubscribe") @Nullable String oneClick) {}

    private record Known(CustomerId customer, String purpose, String channel) {}

    /** A link of its own for each attempt; only the hash of its token is kept. */
    URI link(Transaction tx, Pending pending, Channel channel) {
        var customer = Objects.requireNonNull(pending.customer());
        var token = tx.newToken();
        tx.sql()
                .insertInto(LINK)
                .set(LINK.TOKEN_SHA256, token.sha256())
                .set(LINK.CUSTOMER_ID, customer)
                .set(LINK.ORIGINAL_CUSTOMER_ID, customer.value())
                .set(LINK.PURPOSE, pending.purpose())
                .set(LINK.CHANNEL, channel.text())
                .set(LINK.CREATED_AT, tx.now())
                .execute();
        return tx.link("/public/messages/unsubscribe/" + token.reveal());
    }

    /** The message with the link at its foot. */
    static Rendered below(Rendered content, Language language, URI link) {
        var words =
                switch (language) {
                    case EN -> "No more messages like this";
                    case ZH_CN -> "退订此类消息";
                };
        var text = content.text().stripTrailing() + "\n\n" + words + ": " + link + "\n";
        var html = content.html();
        // The link is ours: a scheme, a host and a token that needs no escape.
        return new Rendered(
                content.subject(),
                text,
                html == null ? null : html + "<p><a href=\"%s\">%s</a></p>".formatted(link, words));
    }

    View page(Read read, Request request) {
        var link = known(read, request);
        return new View(
                "unsubscribe.jte", Map.of("purpose", link.purpose(), "channel", link.channel()));
    }

    /** At once: the next message is decided by this row, whenever the consent is withdrawn. */
    String submit(Transaction tx, Request request, Asked asked) {
        var link = known(tx, request);
        var fresh =
                tx.sql()
                        .insertInto(UNSUBSCRIBED)
                        .set(UNSUBSCRIBED.CUSTOMER_ID, link.customer())
                        .set(UNSUBSCRIBED.PURPOSE, link.purpose())
                        .set(UNSUBSCRIBED.CHANNEL, link.channel())
                        .set(UNSUBSCRIBED.SINCE, tx.now())
                        .onConflictDoNothing()
                        .execute();
        if (fresh == 1) {
            tx.publish(
                    Vocabulary.CONSENT_WITHDRAWAL_REQUESTED,
                    link.customer(),
                    new Payloads.WithdrawalRequested(
                            link.purpose(),
                            link.channel(),
                            "link in a message",
                            asked.oneClick() == null ? "page" : "oneClick"));
        }
        return DONE;
    }

    View done(Read read, Request request) {
        return View.of("unsubscribed.jte");
    }

    private static Known known(Read read, Request request) {
        var token = new Secret(request.path("token"));
        return read.sql()
                .select(LINK.CUSTOMER_ID, LINK.PURPOSE, LINK.CHANNEL)
                .from(LINK)
                .where(LINK.TOKEN_SHA256.eq(token.sha256()))
                .fetchOptional(row -> new Known(row.value1(), row.value2(), row.value3()))
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such link"));
    }

    boolean has(Read read, CustomerId customer, String purpose, Channel channel) {
        return read.sql()
                .fetchExists(
                        UNSUBSCRIBED,
                        UNSUBSCRIBED.CUSTOMER_ID.eq(customer),
                        UNSUBSCRIBED.PURPOSE.eq(purpose),
                        UNSUBSCRIBED.CHANNEL.eq(channel.text()));
    }

    /** Whoever consents after having unsubscribed wants them again. */
    void consented(Transaction tx, Event<Payloads.ConsentGiven> event) {
        var channel = event.payload().channel();
        tx.sql()
                .deleteFrom(UNSUBSCRIBED)
                .where(UNSUBSCRIBED.CUSTOMER_ID.eq(event.of()))
                .and(UNSUBSCRIBED.PURPOSE.eq(event.payload().purpose()))
                .and(channel == null ? noCondition() : UNSUBSCRIBED.CHANNEL.eq(channel))
                .and(UNSUBSCRIBED.SINCE.lt(event.recordedAt()))
                .execute();
    }
}
