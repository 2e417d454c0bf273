package dev.kith.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.messages.Post.Mood;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of messages when the SMTP server has a bad day. */
final class BadDaysTest {

    private static final int PER_WEEK = 2;
    private static final Post POST = new Post();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPlugin()
                    .set("smtp", Requests.smtp(POST.port()))
                    .set("answerWithin", "PT2S")
                    .set("quietHours", Map.of("from", "00:00", "to", "00:00"))
                    .set("pressure", Map.of("messages", PER_WEEK, "days", 7))
                    .set("expiresAfter", "P1D");

    @AfterAll
    static void close() {
        POST.close();
    }

    @BeforeEach
    void well() {
        POST.mood = Mood.WELL;
        crm.passes(Duration.ofDays(2)); // ends what another test left waiting
        POST.taken().clear();
    }

    @Test
    void what_a_busy_server_puts_off_is_tried_again_and_sent_once() {
        POST.mood = Mood.BUSY;
        var message = asked();
        assertThat(state(message)).isEqualTo("waiting unreachable");
        assertThat(crm.published("message.sent")).isEmpty();
        assertSentOnceWell(message);
        assertThat(POST.taken()).hasSize(1);
        assertThat(crm.published("message.sent")).hasSize(1);
        crm.passes(Duration.ofDays(2));
        assertThat(POST.taken()).hasSize(1);
    }

    @Test
    void what_a_server_refuses_for_good_fails_and_is_not_tried_again() {
        POST.mood = Mood.REFUSING;
        var message = asked();
        assertThat(state(message)).isEqualTo("failed refused");
        var failed = crm.published("message.failed").getLast().payload();
        assertThat(failed.get("reason").asText()).isEqualTo("refused");
        POST.mood = Mood.WELL;
        crm.passes(Duration.ofHours(3));
        assertThat(POST.taken()).isEmpty();
    }

    @Test
    void what_never_reached_anybody_was_none_of_the_messages_one_may_get() {
        var customer = Requests.customer(crm, "Ada", "ada@example.com", "en");
        Requests.consents(crm, customer);
        POST.mood = Mood.BUSY;
        for (var i = 0; i < PER_WEEK; i++) {
            var message = promoted(customer);
            assertThat(state(message)).isEqualTo("waiting unreachable");
        }
        assertThat(state(promoted(customer))).isEqualTo("waiting unreachable");
        crm.passes(Duration.ofDays(2));
        POST.mood = Mood.WELL;
        for (var i = 0; i < PER_WEEK; i++) {
            assertThat(state(promoted(customer))).isEqualTo("sent ");
        }
        assertThat(state(promoted(customer))).isEqualTo("suppressed tooMany");
    }

    private static UUID promoted(CustomerId customer) {
        var message = UUID.randomUUID();
        Requests.promotion(crm, customer, message);
        crm.deliverEvents();
        return message;
    }

    @Test
    void a_sender_that_is_refused_is_the_operators_to_mend_and_costs_no_message() {
        POST.mood = Mood.DISLIKING;
        var message = asked();
        assertThat(state(message)).isEqualTo("waiting unreachable");
        assertSentOnceWell(message);
    }

    @Test
    void a_server_that_says_nothing_holds_nothing_up_for_long() {
        POST.mood = Mood.SILENT;
        assertThat(state(asked())).isEqualTo("waiting unreachable");
    }

    @Test
    void a_server_that_drips_holds_nothing_up_for_long() {
        POST.mood = Mood.DRIPPING;
        assertThat(state(asked())).isEqualTo("waiting unreachable");
    }

    @Test
    void what_a_dying_server_hides_is_sent_again_under_the_same_id() {
        POST.mood = Mood.DYING;
        var message = asked();
        assertThat(state(message)).isEqualTo("waiting unreachable");
        assertSentAgainUnderTheSameId(message);
    }

    @Test
    void what_a_server_took_and_never_said_so_is_sent_again_under_the_same_id() {
        POST.mood = Mood.SPEECHLESS;
        var message = asked();
        assertThat(state(message)).isEqualTo("waiting unreachable");
        assertThat(POST.taken()).hasSize(1);
        assertSentAgainUnderTheSameId(message);
    }

    private static void assertSentAgainUnderTheSameId(UUID message) {
        assertSentOnceWell(message);
        assertThat(POST.taken()).hasSize(2);
        assertThat(POST.ids().getFirst()).isEqualTo(POST.ids().getLast());
        assertThat(crm.published("message.sent")).hasSize(1);
    }

    private static void assertSentOnceWell(UUID message) {
        POST.mood = Mood.WELL;
        crm.passes(Duration.ofMinutes(2));
        assertThat(state(message)).isEqualTo("sent ");
    }

    @Test
    void what_a_full_server_has_read_and_put_off_is_sent_once_when_there_is_room() {
        POST.mood = Mood.FULL;
        var message = asked();
        assertThat(state(message)).isEqualTo("waiting unreachable");
        assertSentOnceWell(message);
        assertThat(POST.taken()).hasSize(1);
    }

    @Test
    void a_message_that_a_server_has_read_and_refused_for_good_has_failed() {
        POST.mood = Mood.SHOCKED;
        var message = asked();
        assertThat(state(message)).isEqualTo("failed refused");
        POST.mood = Mood.WELL;
        crm.passes(Duration.ofHours(3));
        assertThat(POST.taken()).isEmpty();
    }

    @Test
    void what_cannot_be_sent_in_time_is_given_up_and_said_so() {
        POST.mood = Mood.BUSY;
        var message = asked();
        crm.passes(Duration.ofDays(1));
        crm.passes(Duration.ofHours(2));
        assertThat(state(message)).isEqualTo("suppressed expired");
        var reason = crm.published("message.suppressed").getLast().payload().get("reason");
        assertThat(reason.asText()).isEqualTo("expired");
        assertThat(POST.taken()).isEmpty();
    }

    private static UUID asked() {
        var message = UUID.randomUUID();
        CustomerId customer = Requests.customer(crm, "Ada", "ada@example.com", "en");
        Requests.receipt(crm, customer, message);
        crm.deliverEvents();
        return message;
    }

    private static String state(UUID message) {
        return Requests.state(crm, message);
    }
}
