package dev.kith.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several tills that want the same points in the same moment. */
final class AtOnceTest {

    private static final int TILLS = 8;
    private static final int ROUNDS = 5;

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    @Test
    void points_that_all_want_at_once_are_spent_once() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var customer = with100();
            var wanted = Map.of("points", 30, "reason", "mug");
            var answers = atOnce(() -> post(customer, "redemptions", wanted));
            assertThat(answers).filteredOn(status -> status == 201).hasSize(3);
            assertThat(answers).filteredOn(status -> status == 409).hasSize(TILLS - 3);
            assertThat(account(customer).number("/balance")).isEqualTo(10);
        }
        Books.check(crm);
    }

    @Test
    void points_that_all_want_at_once_are_held_once() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var customer = with100();
            var answers = atOnce(() -> post(customer, "holds", Map.of("points", 30)));
            assertThat(answers).filteredOn(status -> status == 201).hasSize(3);
            assertThat(answers).filteredOn(status -> status == 409).hasSize(TILLS - 3);
            assertThat(account(customer).number("/available")).isEqualTo(10);
        }
        Books.check(crm);
    }

    @Test
    void a_hold_that_all_decide_at_once_is_decided_once() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var customer = with100();
            var hold = post(customer, "holds", Map.of("points", 30)).text("/id");
            atOnce(() -> act(hold, "capture"));
            assertThat(account(customer).number("/balance")).isEqualTo(70);
            assertThat(account(customer).number("/held")).isZero();
        }
        Books.check(crm);
    }

    private static List<Integer> atOnce(Supplier<Answer> call) throws Exception {
        var start = new CyclicBarrier(TILLS);
        try (var threads = Executors.newFixedThreadPool(TILLS)) {
            var running = new ArrayList<Future<Integer>>();
            for (var till = 0; till < TILLS; till++) {
                running.add(
                        threads.submit(() -> {
                            start.await();
                            return call.get().status();
                        }));
            }
            var statuses = new ArrayList<Integer>();
            for (var each : running) {
                statuses.add(each.get());
            }
            return statuses;
        }
    }

    private static CustomerId with100() {
        var customer = crm.customer();
        crm.publish("purchase.completed", customer, Purchases.of("100.00", "CNY"));
        crm.deliverEvents();
        return customer;
    }

    private static Answer post(CustomerId customer, String what, Map<String, ?> wanted) {
        return crm.as("loyalty:redeem")
                .post("/loyalty/accounts/%s/%s".formatted(customer, what), wanted);
    }

    private static Answer act(String hold, String verb) {
        return crm.as("loyalty:redeem").post("/loyalty/holds/%s/%s".formatted(hold, verb));
    }

    private static Answer account(CustomerId customer) {
        return crm.as("loyalty:read").get("/loyalty/accounts/" + customer).expect(200);
    }
}
