package dev.kith.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.loyalty.ProgramConfig.AlreadySpent;
import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random histories end as a small model without a database says, whatever the settings. */
final class HistoriesTest {

    private static final int STEPS = 400;
    private static final int CUSTOMERS = 4;
    private static final int LASTS_DAYS = 20;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @RegisterExtension static final TestCrm negative = with(AlreadySpent.NEGATIVE);
    @RegisterExtension static final TestCrm block = with(AlreadySpent.BLOCK);
    @RegisterExtension static final TestCrm debt = with(AlreadySpent.DEBT);

    private static TestCrm with(AlreadySpent policy) {
        return TestCrm.withThisPlugin()
                .set("alreadySpent", policy.name().toLowerCase(java.util.Locale.ROOT))
                .set("expiresAfter", "P%dD".formatted(LASTS_DAYS));
    }

    private static TestCrm server(AlreadySpent policy) {
        return switch (policy) {
            case NEGATIVE -> negative;
            case BLOCK -> block;
            case DEBT -> debt;
        };
    }

    @ParameterizedTest
    @EnumSource(AlreadySpent.class)
    void a_random_history_ends_as_the_model_says(AlreadySpent policy) {
        var history = new History(server(policy), policy, new Random(20_261_126L));
        for (var step = 0; step < STEPS; step++) {
            history.step(step);
        }
        Books.check(server(policy));
    }

    /** What happens to a few customers, on the server and in the model alike. */
    private static final class History {

        private final TestCrm crm;
        private final Random random;
        private final List<CustomerId> customers = new ArrayList<>();
        private final List<Model> models = new ArrayList<>();

        History(TestCrm crm, AlreadySpent policy, Random random) {
            this.crm = crm;
            this.random = random;
            for (var i = 0; i < CUSTOMERS; i++) {
                customers.add(crm.customer());
                models.add(new Model(policy));
            }
        }

        void step(int step) {
            var who = random.nextInt(CUSTOMERS);
            var customer = customers.get(who);
            var model = models.get(who);
            switch (random.nextInt(8)) {
                case 0, 1 -> earn(customer, model, "o" + step);
                case 2 -> redeem(customer, model);
                case 3 -> hold(customer, model);
                case 4 -> decide(model);
                case 5 -> refund(customer, model);
                case 6 -> refundByRate(customer, model);
                default -> daysPass();
            }
            agrees(customer, model, "step " + step);
        }

        private void earn(CustomerId customer, Model model, String order) {
            var cents = random.nextInt(20_000);
            crm.publish("purchase.completed", customer, Purchases.of(order, text(cents), "CNY"));
            crm.deliverEvents();
            var day = crm.now().atZone(ZONE).toLocalDate().plusDays(LASTS_DAYS + 1);
            model.earn(order, cents, cents / 100, day.atStartOfDay(ZONE).toInstant());
        }

        private void redeem(CustomerId customer, Model model) {
            var points = 1 + random.nextInt(150);
            var path = "/loyalty/accounts/%s/redemptions".formatted(customer);
            var answer =
                    crm.as("loyalty:redeem").post(path, Map.of("points", points, "reason", "x"));
            if (model.available() >= points) {
                answer.expect(201);
                model.spend(points);
            } else {
                answer.expect(409);
            }
        }

        private void hold(CustomerId customer, Model model) {
            var points = 1 + random.nextInt(100);
            var path = "/loyalty/accounts/%s/holds".formatted(customer);
            var wanted = Map.of("points", points, "lapseAfterSeconds", 90L * 24 * 60 * 60);
            var answer = crm.as("loyalty:redeem").post(path, wanted);
            if (model.available() >= points) {
                var lapsesAt = Instant.parse(answer.expect(201).text("/lapsesAt"));
                model.holds.put(answer.text("/id"), new Model.Hold(points, lapsesAt));
            } else {
                answer.expect(409);
            }
        }

        private void decide(Model model) {
            if (model.holds.isEmpty()) {
                return;
            }
            var next = model.holds.entrySet().iterator().next();
            var hold = next.getKey();
            var points = next.getValue().points();
            model.holds.remove(hold);
            var verb = random.nextBoolean() ? "capture" : "release";
            crm.as("loyalty:redeem").post("/loyalty/holds/%s/%s".formatted(hold, verb)).expect(200);
            if (verb.equals("capture")) {
                model.spend(points);
            }
        }

        private void refund(CustomerId customer, Model model) {
            if (model.orders.isEmpty()) {
                return;
            }
            var order = model.orders.get(random.nextInt(model.orders.size()));
            var cents = random.nextInt(15_000);
            publishRefund(customer, Map.of("orderId", order.id, "amount", money(cents)));
            model.refund(order, cents);
        }

        private void refundByRate(CustomerId customer, Model model) {
            var cents = random.nextInt(3_000);
            publishRefund(customer, Map.of("amount", money(cents)));
            model.takeBackByRate(cents / 100);
        }

        private void publishRefund(CustomerId customer, Map<String, Object> refund) {
            crm.publish("purchase.refunded", customer, refund);
            crm.deliverEvents();
        }

        private void daysPass() {
            crm.passes(Duration.ofDays(random.nextInt(8)));
            crm.passes(Duration.ofHours(1).plusMinutes(1));
            // A hold may have lapsed behind the job's last turn: the model knows no such hour.
            crm.inTransaction(Expiry::expire);
            Instant now = crm.now();
            models.forEach(model -> model.passes(now));
        }

        private void agrees(CustomerId customer, Model model, String when) {
            var account = get("/loyalty/accounts/" + customer);
            assertThat(account.number("/balance")).as(when).isEqualTo(model.balance());
            assertThat(account.number("/held")).as(when).isEqualTo(model.held());
            assertThat(account.number("/debt")).as(when).isEqualTo(model.debt);
            var lots = new HashMap<Instant, Long>();
            get("/loyalty/accounts/%s/lots?limit=200".formatted(customer))
                    .json()
                    .get("items")
                    .forEach(lot ->
                            lots.put(
                                    Instant.parse(lot.get("expiresAt").asText()),
                                    lot.get("left").asLong()));
            var expected = new HashMap<Instant, Long>();
            model.lots.forEach((expiresAt, lot) -> {
                if (lot.left > 0) {
                    expected.put(expiresAt, lot.left);
                }
            });
            assertThat(lots).as(when).isEqualTo(expected);
        }

        private Answer get(String path) {
            return crm.as("loyalty:read").get(path).expect(200);
        }

        private static Map<String, Object> money(int cents) {
            return Map.of("value", text(cents), "currency", "CNY");
        }

        private static String text(int cents) {
            return "%d.%02d".formatted(cents / 100, cents % 100);
        }
    }
}
