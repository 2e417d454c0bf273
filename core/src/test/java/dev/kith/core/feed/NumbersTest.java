package dev.kith.core.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.Actor;
import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A number of a few characters can have millions of digits; none of them makes the log unreadable. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NumbersTest {

    private static final String PURCHASE =
            """
            {"topic": "purchase.completed", "source": "till", "key": "%s",
             "customer": {"source": "pos", "id": "ann"},
             "data": {"orderId": "1", "amount": {"value": "1.00", "currency": "CNY"},
                      "lines": [{"lineId": "1", "sku": "tea", "quantity": %s,
                                 "amount": {"value": "1.00", "currency": "CNY"}}]}}
            """;

    private FeedFixture feed;

    @BeforeAll
    void start(@TempDir Path folder) {
        feed = new FeedFixture(folder, crm -> {});
    }

    @AfterAll
    void close() {
        feed.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e900", "1E+200000", "1e-20000", "12.5e999999999", "1e99999999999"})
    void a_number_that_is_short_only_by_its_exponent_is_refused_with_its_place(String number)
            throws Exception {
        var answer = purchase(number);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/data/lines/0/quantity");
        assertThat(answer.at("/errors/0/code")).isEqualTo("digits");
    }

    @Test
    void an_exponent_alone_is_no_harm() throws Exception {
        assertThat(purchase("2.5e1").status()).isEqualTo(201);
    }

    @Test
    void a_quantity_has_an_end() throws Exception {
        var answer = purchase("1e12");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/data/lines/0/quantity");
    }

    @Test
    void what_a_plugin_published_with_a_large_number_can_be_read() throws Exception {
        var ann = UUID.fromString(feed.visit("ann").at("/id"));
        var customer = feed.get("/events/" + ann).at("/customerId");
        var id = published(CustomerId.of(customer), "{\"much\": 1.0E300, \"little\": 4.9E-324}");
        assertThat(feed.get("/events?limit=100").status()).isEqualTo(200);
        var shown = feed.get("/events/" + id);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body().at("/data/much").asDouble()).isEqualTo(1e300);
        assertThat(feed.get("/customers/" + customer + "/timeline").status()).isEqualTo(200);
    }

    private FeedFixture.Answer purchase(String quantity) throws Exception {
        var body = PURCHASE.formatted(UUID.randomUUID(), quantity);
        return feed.post("/events?unknownCustomer=create", body);
    }

    private UUID published(CustomerId customer, String payload) {
        var id = Ids.next();
        var actor = new Actor(Actor.Kind.KEY, "test");
        return feed.node
                .work()
                .write(
                        feed.node.core(),
                        new Cause(actor, "test", Cause.Kind.REQUEST, Ids.next()),
                        tx -> {
                            tx.append(id, "visit.made", customer, payload, Stamp.NONE, null);
                            return id;
                        });
    }
}
