package dev.kith.places;

import static dev.kith.places.db.Tables.PROMOTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.kith.api.Audience;
import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Read;
import dev.kith.api.Vocabulary;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Decisions of several servers in the same moment, and one that is asked for again. Deliveries of one
 * server come one after the other and would not meet.
 */
final class DecidingTest {

    private static final int AT_ONCE = 8;
    private static final int PROMOTIONS = 5;
    private static final PlacesConfig USUAL =
            new PlacesConfig(
                    100.0,
                    Duration.ofMinutes(10),
                    400.0,
                    50.0,
                    Duration.ofSeconds(60),
                    Duration.ofHours(6),
                    Duration.ofMinutes(15));

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private final Ground ground = new Ground(crm);
    private final Deciding deciding =
            new Deciding(USUAL, expression -> fail("nobody asks for an audience"));

    @Test
    void of_many_who_enter_at_once_one_gets_the_last_that_is_left() throws Exception {
        var fence = ground.circle("Around the shop", 100);
        var last = Map.<String, Object>of("budget", 1);
        var promotions =
                Stream.generate(() -> ground.promotion(fence, last)).limit(PROMOTIONS).toList();
        var start = new CyclicBarrier(AT_ONCE);
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var running = new ArrayList<Future<?>>();
            for (var i = 0; i < AT_ONCE; i++) {
                var entered = entered(ground.consenting(), fence);
                running.add(
                        threads.submit(() -> {
                            start.await();
                            decide(entered);
                            return entered;
                        }));
            }
            for (var each : running) {
                each.get();
            }
        }
        for (var promotion : promotions) {
            assertThat(ground.outcomes(promotion)).hasSize(AT_ONCE).containsOnlyOnce("granted");
        }
        assertThat(crm.published(Vocabulary.REWARD_REQUESTED)).hasSize(PROMOTIONS);
    }

    @Test
    void an_entry_that_is_told_of_twice_is_decided_once() {
        var fence = ground.circle("Around the shop", 100);
        var promotion = ground.promotion(fence, Map.of("perCustomerPerDay", 10));
        var entered = entered(ground.consenting(), fence);
        decide(entered);
        decide(entered);
        assertThat(ground.outcomes(promotion)).isEqualTo(List.of("granted"));
        assertThat(crm.published(Vocabulary.REWARD_REQUESTED)).hasSize(1);
    }

    @Test
    void a_fact_that_nobody_can_say_is_another_reason_than_one_the_customer_does_not_have() {
        var fence = ground.circle("Around the shop", 100);
        var promotion = ground.promotion(fence, Map.of("audience", "places.visits > 1"));
        var missing = Set.of("places.visits");
        for (var unavailable : List.of(missing, Set.<String>of())) {
            var verdict = new Audience.Verdict(false, missing, unavailable);
            decide(deciding(read -> verdict), entered(ground.consenting(), fence));
        }
        assertThat(ground.outcomes(promotion)).containsExactly("notInAudience", "factUnavailable");
    }

    @Test
    void nobody_waits_behind_a_promotion_whose_facts_are_asked_for() {
        var fence = ground.circle("Around the shop", 100);
        var everybody = Map.<String, Object>of("audience", "places.visits > 1");
        var promotions =
                Stream.generate(() -> ground.promotion(fence, everybody))
                        .limit(PROMOTIONS)
                        .map(UUID::fromString)
                        .toList();
        var free = new ArrayList<Integer>();
        var asking =
                deciding(read -> {
                    free.add(free(promotions));
                    return new Audience.Verdict(true, Set.of(), Set.of());
                });
        decide(asking, entered(ground.consenting(), fence));
        assertThat(free).isEqualTo(Collections.nCopies(PROMOTIONS, PROMOTIONS));
        for (var promotion : promotions) {
            assertThat(ground.outcomes(promotion.toString())).containsExactly("granted");
        }
    }

    /** How many of them somebody else could decide about now. */
    private static int free(List<UUID> promotions) {
        var free = new AtomicInteger();
        crm.inTransaction(tx ->
                free.set(
                        tx.sql()
                                .selectFrom(PROMOTION)
                                .where(PROMOTION.ID.in(promotions))
                                .forUpdate()
                                .skipLocked()
                                .fetch()
                                .size()));
        return free.get();
    }

    private static Deciding deciding(Function<Read, Audience.Verdict> verdict) {
        return new Deciding(
                USUAL,
                expression ->
                        new Audience() {
                            @Override
                            public String expression() {
                                return expression;
                            }

                            @Override
                            public Verdict test(
                                    Read read, CustomerId customer, Map<String, Object> data) {
                                return verdict.apply(read);
                            }
                        });
    }

    private void decide(Event<Payloads.PlaceEntered> entered) {
        decide(deciding, entered);
    }

    private static void decide(Deciding deciding, Event<Payloads.PlaceEntered> entered) {
        crm.inTransaction(tx -> deciding.entered(tx, List.of(entered)));
    }

    private static Event<Payloads.PlaceEntered> entered(CustomerId customer, String fence) {
        return new Event<>(
                UUID.randomUUID(),
                Vocabulary.PLACE_ENTERED,
                customer,
                crm.now(),
                crm.now(),
                false,
                new Payloads.PlaceEntered(UUID.fromString(fence), null));
    }
}
