package dev.kith.messages;

import static dev.kith.messages.db.Tables.DELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.messages.Post.Mood;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long it is known what became of a message. */
final class RetentionTest {

    private static final Pattern LINK = Pattern.compile("List-Unsubscribe: <[^>]*(/public/[^>]+)>");
    private static final Post POST = new Post();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPlugin()
                    .set("smtp", Requests.smtp(POST.port()))
                    .set("quietHours", java.util.Map.of("from", "00:00", "to", "00:00"))
                    .set("expiresAfter", "P30D")
                    .set("keepFor", "P30D");

    @AfterAll
    static void close() {
        POST.close();
    }

    @Test
    void what_became_of_a_message_and_its_link_are_there_for_their_time_and_no_longer() {
        var customer = Requests.customer(crm, "Ada", "ada@example.com", "en");
        Requests.consents(crm, customer);
        var message = UUID.randomUUID();
        Requests.promotion(crm, customer, message);
        crm.deliverEvents();
        var link = LINK.matcher(POST.taken().getLast().replaceAll("\\n[ \\t]+", " "));
        assertThat(link.find()).isTrue();

        crm.passes(Duration.ofDays(29));
        assertThat(Requests.state(crm, message)).isEqualTo("sent ");
        crm.anonymous().get(link.group(1)).expect(200);

        crm.passes(Duration.ofDays(1).plusHours(2));
        assertThat(Requests.state(crm, message)).isEqualTo(" ");
        crm.anonymous().get(link.group(1)).expect(404);
    }

    @Test
    void a_message_that_still_waits_is_not_forgotten_however_longAgo_it_was_asked_for() {
        POST.mood = Mood.BUSY;
        var message = UUID.randomUUID();
        var customer = Requests.customer(crm, "Ada", "ada@example.com", "en");
        Requests.receipt(crm, customer, message);
        crm.passes(Duration.ofDays(30).minusHours(1));
        assertThat(Requests.state(crm, message)).isEqualTo("waiting unreachable");
        crm.passes(Duration.ofHours(5));
        assertThat(Requests.state(crm, message)).isEqualTo("suppressed expired");
        POST.mood = Mood.WELL;
    }

    @Test
    void more_than_one_transaction_forgets_goes_on_at_once() {
        var many = Retention.FORGET_MAX + 1;
        var longAgo = crm.now().minus(Duration.ofDays(31));
        crm.inTransaction(tx ->
                tx.sql()
                        .execute(
                                """
                                insert into messages.delivery (id, message_id, purpose, template, state,
                                    attempts, requested_at, expires_at, ended_at)
                                select gen_random_uuid(), gen_random_uuid(), 'service', 'old', 'sent', 1,
                                       {0}, {0}, {0} from generate_series(1, {1})
                                """,
                                DSL.val(longAgo, DELIVERY.ENDED_AT), DSL.val(many)));
        crm.passes(Duration.ofHours(1));
        crm.passes(Duration.ofSeconds(2));
        var left = new AtomicInteger();
        crm.inTransaction(
                tx -> left.set(tx.sql().fetchCount(DELIVERY, DELIVERY.TEMPLATE.eq("old"))));
        assertThat(left).hasValue(0);
    }
}
