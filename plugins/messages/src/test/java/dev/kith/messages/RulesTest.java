package dev.kith.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.messages.Post.Mood;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whether a message may go, decided when it goes. */
final class RulesTest {

    private static final Post POST = new Post();
    private static final int MESSAGES_MAX = 3;

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPlugin()
                    .set("smtp", Requests.smtp(POST.port()))
                    .set("pressure", Map.of("messages", MESSAGES_MAX, "days", 7));

    @AfterAll
    static void close() {
        POST.close();
    }

    @BeforeEach
    void noon() {
        POST.mood = Mood.WELL;
        crm.passes(Duration.ofDays(4)); // ends what another test left waiting
        until(LocalTime.NOON, "Asia/Shanghai");
        POST.taken().clear();
    }

    @Test
    void who_has_not_consented_gets_nothing() {
        var message = promoted(reader());
        assertThat(Requests.state(crm, message)).isEqualTo("suppressed noConsent");
        var reason = crm.published("message.suppressed").getLast().payload().get("reason");
        assertThat(reason.asText()).isEqualTo("noConsent");
        assertThat(POST.taken()).isEmpty();
    }

    @Test
    void a_consent_withdrawn_after_the_request_and_before_the_delivery_stops_it() {
        var customer = consenting();
        POST.mood = Mood.BUSY;
        var message = promoted(customer);
        assertThat(Requests.state(crm, message)).isEqualTo("waiting unreachable");
        crm.admin()
                .post("/customers/%s/consents/marketing:email/withdraw".formatted(customer), "{}")
                .expect(200);
        POST.mood = Mood.WELL;
        crm.passes(Duration.ofMinutes(2));
        assertThat(Requests.state(crm, message)).isEqualTo("suppressed noConsent");
        assertThat(POST.taken()).isEmpty();
    }

    @Test
    void at_night_it_waits_for_the_morning() {
        var customer = consenting();
        until(LocalTime.of(23, 0), "Asia/Shanghai");
        var message = promoted(customer);
        assertThat(Requests.state(crm, message)).isEqualTo("waiting quietHours");
        crm.passes(Duration.ofHours(8));
        assertThat(POST.taken()).isEmpty();
        crm.passes(Duration.ofMinutes(61));
        assertThat(Requests.state(crm, message)).isEqualTo("sent ");
        assertThat(POST.taken()).hasSize(1);
    }

    @Test
    void the_night_is_the_customers_own() {
        var customer =
                crm.customer(
                        Map.of(
                                "kind",
                                "person",
                                "name",
                                "Ada",
                                "emails",
                                List.of("ada@example.com"),
                                "timeZone",
                                "America/New_York"));
        Requests.consents(crm, customer);
        // Noon in Shanghai is about midnight in New York.
        assertThat(Requests.state(crm, promoted(customer))).isEqualTo("waiting quietHours");
    }

    @Test
    void what_a_customer_waits_for_goes_out_at_night_too() {
        until(LocalTime.of(23, 0), "Asia/Shanghai");
        var message = UUID.randomUUID();
        Requests.receipt(crm, reader(), message);
        crm.deliverEvents();
        assertThat(Requests.state(crm, message)).isEqualTo("sent ");
    }

    @Test
    void many_at_once_are_never_more_than_a_customer_may_get() {
        var customers = List.of(consenting(), consenting(), consenting());
        for (var i = 0; i < 10; i++) {
            customers.forEach(customer -> Requests.promotion(crm, customer, UUID.randomUUID()));
        }
        crm.deliverEvents();
        assertThat(POST.taken()).hasSize(customers.size() * MESSAGES_MAX);
        for (var customer : customers) {
            assertThat(count(customer, "state=sent")).isEqualTo(MESSAGES_MAX);
            assertThat(count(customer, "reason=tooMany")).isEqualTo(10 - MESSAGES_MAX);
        }
        crm.passes(Duration.ofDays(7).plusHours(1));
        assertThat(Requests.state(crm, promoted(customers.getFirst()))).isEqualTo("sent ");
    }

    @Test
    void what_was_refused_does_not_weigh_on_the_customer() {
        var customer = consenting();
        POST.mood = Mood.REFUSING;
        for (var i = 0; i < MESSAGES_MAX; i++) {
            promoted(customer);
        }
        POST.mood = Mood.WELL;
        assertThat(Requests.state(crm, promoted(customer))).isEqualTo("sent ");
    }

    @Test
    void a_message_is_sent_once_however_often_it_is_asked_for() {
        var customer = consenting();
        var message = UUID.randomUUID();
        for (var i = 0; i < 5; i++) {
            Requests.promotion(crm, customer, message);
        }
        crm.deliverEvents();
        Requests.promotion(crm, customer, message);
        crm.deliverEvents();
        assertThat(POST.taken()).hasSize(1);
        var another = consenting();
        Requests.promotion(crm, another, message);
        crm.deliverEvents();
        assertThat(POST.taken()).hasSize(2);
    }

    @Test
    void who_cannot_be_reached_and_what_nobody_wrote_is_suppressed() {
        var silent = crm.customer();
        Requests.consents(crm, silent);
        assertThat(Requests.state(crm, promoted(silent))).isEqualTo("suppressed noAddress");
        var message = UUID.randomUUID();
        Requests.ask(crm, reader(), message, "service", "nobody.wrote", Map.of());
        crm.deliverEvents();
        assertThat(Requests.state(crm, message)).isEqualTo("suppressed unknownTemplate");
        var poor = UUID.randomUUID();
        Requests.ask(crm, reader(), poor, "service", "complaints.received", Map.of("link", "x"));
        crm.deliverEvents();
        assertThat(Requests.state(crm, poor)).isEqualTo("failed missingData");
    }

    private static long count(CustomerId customer, String filter) {
        return crm.as("messages:read")
                .get("/messages/deliveries?limit=200&customerId=%s&%s".formatted(customer, filter))
                .expect(200)
                .json()
                .get("items")
                .size();
    }

    private static CustomerId reader() {
        return Requests.customer(crm, "Ada", "ada@example.com", "en");
    }

    private static CustomerId consenting() {
        var customer = reader();
        Requests.consents(crm, customer);
        return customer;
    }

    private static UUID promoted(CustomerId customer) {
        var message = UUID.randomUUID();
        Requests.promotion(crm, customer, message);
        crm.deliverEvents();
        return message;
    }

    /** Moves the clock to the next time it shows this. */
    private static void until(LocalTime time, String zone) {
        var now = crm.now().atZone(ZoneId.of(zone));
        ZonedDateTime then = now.with(time);
        crm.passes(Duration.between(now, then.isAfter(now) ? then : then.plusDays(1)));
    }
}
