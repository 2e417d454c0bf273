package dev.kith.core.consents;

import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Page;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.core.call.CoreRequest;
import dev.kith.core.consents.Told.Withdrawn.Reason;
import dev.kith.core.database.Reading;
import dev.kith.core.database.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules: how a yes and a no come about, and what they announce. */
final class Consents {

    /** To how many purposes, on so many channels, a customer may have said yes or no. */
    static final int CONSENTS_MAX = 500;

    static final String EXPIRY = "consent.expire";

    /** What a timer is given. */
    record Expiring(CustomerId customerId, String purpose, @Nullable String channel) {}

    private final ConsentTable table = new ConsentTable();

    Page<Consent> list(Read read, Request request) {
        var after = request.after().map(Consents::place).orElse(null);
        var limit = request.limit();
        var found = table.some((Reading) read, request.customer("customer"), after, limit + 1);
        return Page.of(found, limit, consent -> consent.key().path());
    }

    private static ConsentKey place(String after) {
        try {
            return ConsentKey.of(after);
        } catch (Problem notOurs) {
            throw foreignCursor();
        }
    }

    private static Problem foreignCursor() {
        return StandardError.INVALID_INPUT.because("the cursor is not one of this list");
    }

    List<Consent> of(Read read, CustomerId customer) {
        return table.all((Reading) read, customer);
    }

    Consent one(Read read, Request request) {
        return table.find((Reading) read, request.customer("customer"), key(request))
                .orElseThrow(() -> StandardError.NOT_FOUND.because("it was never asked about"));
    }

    Page<ConsentChange> changes(Read read, Request request) {
        var after = request.after().map(Consents::change).orElse(null);
        var key = key(request);
        var limit = request.limit();
        var customer = request.customer("customer");
        var found = table.changes((Reading) read, customer, key, after, limit + 1);
        return Page.of(found, limit, change -> change.id().toString());
    }

    private static UUID change(String after) {
        try {
            return UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw foreignCursor();
        }
    }

    /** The same yes again changes nothing and is answered with 200. */
    Consent give(Transaction tx, Request request, NewConsent input) {
        var customer = ((CoreRequest) request).namedCustomer("customer");
        var now = now(tx);
        table.queue((Tx) tx, customer);
        checkExpiry(input.expiresAt(), now);
        checkRoom(tx, customer, input.key());
        var source = source(tx, input.source());
        var before = table.find((Reading) tx, customer, input.key());
        if (before.isPresent() && before.get().says(input, source)) {
            request.answers(200);
            return before.get();
        }
        var given =
                new Consent(
                        input.key().path(),
                        customer,
                        input.purpose(),
                        input.channel(),
                        Consent.State.GIVEN,
                        input.textVersion(),
                        input.evidence(),
                        source,
                        input.expiresAt(),
                        now);
        table.save((Tx) tx, given, ConsentChange.Act.GIVEN);
        arm(tx, given);
        tx.publish(
                Vocabulary.CONSENT_GIVEN,
                customer,
                new Told.Given(
                        given.purpose(),
                        given.channel(),
                        input.textVersion(),
                        source,
                        given.expiresAt()));
        return given;
    }

    // A no has to find room as well, or it would not be kept in mind.
    private void checkRoom(Transaction tx, CustomerId customer, ConsentKey key) {
        var all = table.all((Reading) tx, customer);
        if (all.size() >= CONSENTS_MAX && all.stream().noneMatch(each -> each.key().equals(key))) {
            throw ConsentError.TOO_MANY_CONSENTS.because(
                    "a customer has said something to at most %d purposes and channels"
                            .formatted(CONSENTS_MAX));
        }
    }

    private static void checkExpiry(@Nullable Instant expiresAt, Instant now) {
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw StandardError.INVALID_INPUT
                    .because("a consent cannot have ended before it was given")
                    .at("/expiresAt", "past", "must be in the future");
        }
    }

    private static void arm(Transaction tx, Consent consent) {
        var key = new Expiring(consent.customerId(), consent.purpose(), consent.channel());
        if (consent.isGiven() && consent.expiresAt() != null) {
            tx.later(consent.expiresAt(), EXPIRY, key);
        } else {
            tx.cancel(EXPIRY, key);
        }
    }

    /** A no is taken also where there never was a yes: it is what the person wants kept in mind. */
    Consent withdraw(Transaction tx, Request request, Withdrawal input) {
        var customer = ((CoreRequest) request).namedCustomer("customer");
        var source = source(tx, input.source());
        return withdraw(tx, customer, key(request), input.evidence(), source);
    }

    /** The same for an area that was told so. Nobody to say no is an outcome like any other. */
    void withdraw(Transaction tx, Event<Told.WithdrawalRequested> event) {
        var told = event.payload();
        try {
            var channel = told.channel() == null ? "" : ":" + told.channel();
            var key = ConsentKey.of(told.purpose() + channel);
            withdraw(tx, event.of(), key, told.evidence(), source(tx, told.source()));
        } catch (Problem nobody) {
            if (nobody.code() != StandardError.NOT_FOUND) {
                throw nobody;
            }
        }
    }

    // No to a purpose is no on every channel of it.
    private Consent withdraw(
            Transaction tx,
            CustomerId customer,
            ConsentKey key,
            @Nullable String evidence,
            String source) {
        table.queue((Tx) tx, customer);
        table.hold((Tx) tx, customer, key.purpose());
        var now = now(tx);
        Consent said = null;
        for (var each : table.all((Reading) tx, customer)) {
            var meant = each.key().equals(key);
            if (each.isGiven() && (meant || each.key().isBelow(key))) {
                each = end(tx, each.ended(evidence, source, now), Reason.REQUESTED);
            }
            said = meant ? each : said;
        }
        if (said == null) {
            checkRoom(tx, customer, key);
        }
        return said == null
                ? end(tx, Consent.never(customer, key, evidence, source, now), Reason.REQUESTED)
                : said;
    }

    /** Fired when a consent's time is over, unless it was given anew meanwhile. */
    void expire(Transaction tx, Expiring due) {
        var key = new ConsentKey(due.purpose(), due.channel());
        table.queue((Tx) tx, due.customerId());
        table.hold((Tx) tx, due.customerId(), key.purpose());
        var now = now(tx);
        table.find((Reading) tx, due.customerId(), key)
                .filter(Consent::isGiven)
                .filter(given -> given.expiresAt() != null && !given.expiresAt().isAfter(now))
                .ifPresent(
                        given -> end(tx, given.ended(null, given.source(), now), Reason.EXPIRED));
    }

    private Consent end(Transaction tx, Consent ended, Reason reason) {
        var act =
                switch (reason) {
                    case REQUESTED -> ConsentChange.Act.WITHDRAWN;
                    case EXPIRED -> ConsentChange.Act.EXPIRED;
                };
        table.save((Tx) tx, ended, act);
        arm(tx, ended);
        tx.publish(
                Vocabulary.CONSENT_WITHDRAWN,
                ended.customerId(),
                new Told.Withdrawn(ended.purpose(), ended.channel(), reason));
        return ended;
    }

    Object export(Read read, CustomerId customer) {
        return new Exported(
                table.all((Reading) read, customer),
                table.changes((Reading) read, customer, null, null, Integer.MAX_VALUE));
    }

    record Exported(List<Consent> consents, List<ConsentChange> consentChanges) {}

    void erase(Transaction tx, CustomerId customer) {
        for (var consent : table.all((Reading) tx, customer)) {
            tx.cancel(EXPIRY, new Expiring(customer, consent.purpose(), consent.channel()));
        }
        table.forget((Tx) tx, customer);
    }

    private static ConsentKey key(Request request) {
        return ConsentKey.of(request.path("consent"));
    }

    private static String source(Transaction tx, @Nullable String said) {
        return said == null ? tx.actor().name() : said;
    }

    private static Instant now(Read read) {
        return read.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
