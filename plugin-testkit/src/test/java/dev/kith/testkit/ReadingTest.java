package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.api.AboutCustomer;
import dev.kith.api.CustomerId;
import dev.kith.api.ErrorCode;
import dev.kith.api.ForeignId;
import dev.kith.api.Problem;
import dev.kith.api.Secret;
import dev.kith.api.StandardError;
import dev.kith.core.database.Ids;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a handler is told, on a real server. */
final class ReadingTest {

    private static final TemporaryFolder FOLDER = new TemporaryFolder();

    @RegisterExtension static final TestCrm crm = TestCrm.withPlugins(Samples.good(FOLDER.path()));

    private static final CustomerId NOBODY = new CustomerId(Ids.next());

    record Named(@Nullable CustomerId customerId, @Nullable ForeignId customer)
            implements AboutCustomer {}

    @AfterAll
    static void clean() {
        FOLDER.close();
    }

    @Test
    void an_input_names_a_customer_by_id_or_as_another_system_knows_them() {
        var customer =
                crm.customer(
                        Map.of(
                                "kind",
                                "person",
                                "name",
                                "Kim Test",
                                "externalIds",
                                List.of(new ForeignId("pos", "8812"))));
        crm.inTransaction(tx -> {
            assertThat(tx.customerOf(new Named(customer, null))).isEqualTo(customer);
            var pos = new Named(null, new ForeignId("pos", "8812"));
            assertThat(tx.customerOf(pos)).isEqualTo(customer);
        });
    }

    @Test
    void an_input_that_names_nobody_or_two_or_a_stranger_is_refused_with_the_place() {
        var customer = crm.customer();
        var stranger = new ForeignId("pos", "unheard of");
        crm.inTransaction(tx -> {
            refused(
                    StandardError.INVALID_INPUT,
                    "/customerId",
                    () -> tx.customerOf(new Named(null, null)));
            refused(
                    StandardError.UNPROCESSABLE,
                    "/customer",
                    () -> tx.customerOf(new Named(customer, stranger)));
            refused(
                    StandardError.UNKNOWN_REFERENCE,
                    "/customer",
                    () -> tx.customerOf(new Named(null, stranger)));
            refused(
                    StandardError.UNKNOWN_REFERENCE,
                    "/customerId",
                    () -> tx.customerOf(new Named(NOBODY, null)));
        });
    }

    @Test
    void many_inputs_are_looked_up_together_and_refused_one_by_one() {
        var known = new Named(crm.customer(), null);
        var unknown = new Named(NOBODY, null);
        var nobody = new Named(null, null);
        crm.inTransaction(tx -> {
            var people = tx.people(List.of(known, unknown, nobody));
            assertThat(people.of(known)).isEqualTo(known.customerId());
            refused(StandardError.UNKNOWN_REFERENCE, "/customerId", () -> people.find(unknown));
            assertThat(people.find(nobody)).isEmpty();
        });
    }

    @Test
    void an_event_that_names_a_customer_twice_is_refused_as_everywhere() {
        var event =
                Map.of(
                        "topic", "visit.made",
                        "key", "twice",
                        "customerId", crm.customer().toString(),
                        "customer", Map.of("source", "pos", "id", "1"),
                        "data", Map.of());
        var refused = crm.admin().post("/events", event).expect(422);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/customer");
    }

    @Test
    void a_link_leads_to_this_server() {
        crm.inTransaction(tx -> {
            var link = tx.link("/public/good/x?lang=en");
            assertThat(link).isEqualTo(crm.node().address().resolve("/public/good/x?lang=en"));
        });
    }

    @Test
    void a_token_is_hard_to_guess_easy_to_recognise_and_never_shown() {
        crm.inTransaction(tx -> {
            var token = tx.newToken();
            assertThat(token.reveal()).matches("[A-Za-z0-9_-]{43}");
            assertThat(tx.newToken().reveal()).isNotEqualTo(token.reveal());
            assertThat(new Secret(token.reveal()).sha256()).isEqualTo(token.sha256()).hasSize(32);
            assertThat(token).hasToString("***");
        });
    }

    private static void refused(ErrorCode code, String pointer, ThrowingCallable asking) {
        assertThatThrownBy(asking)
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> {
                            assertThat(problem.code()).isEqualTo(code);
                            assertThat(problem.places().getFirst().pointer()).isEqualTo(pointer);
                        });
    }
}
