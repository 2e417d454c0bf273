package dev.kith.referrals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.api.CustomerId;
import dev.kith.testkit.Published;
import dev.kith.testkit.TestCrm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Ten thousand claims by 64 clients at once among a thousand people: rings of four whose claims are
 * made together, people with their own codes, duplicates, and purchases with codes meanwhile.
 */
final class ManyClaimsTest {

    /** Enough to meet each other; {@code -Dkith.claims=10000} takes some minutes. */
    private static final int CLAIMS = Integer.getInteger("kith.claims", 600);

    private static final int PEOPLE = CLAIMS / 10;
    private static final int RING = 4;
    private static final int CLIENTS = 64;
    private static final int OVERLOADED = 503;
    private static final int INVITATIONS_MAX = 5;
    private static final long SEED = 20_261_126;

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPluginAnd("loyalty")
                    .set("invitationsMax", INVITATIONS_MAX)
                    .set("loyalty", "otherRate", 0);

    private record Wish(int referee, int inviter) {}

    private final Friends friends = new Friends(crm);
    private final Random random = new Random(SEED);

    @Test
    void every_side_of_every_claim_is_rewarded_once_and_no_claim_that_was_refused() {
        var people = new CustomerId[PEOPLE];
        var codes = new String[PEOPLE];
        for (var i = 0; i < PEOPLE; i++) {
            people[i] = crm.customer();
            codes[i] = friends.code(people[i]);
        }
        var wishes = wishes();
        var answers = new ConcurrentLinkedQueue<Integer>();
        atOnce(
                wishes.size(),
                i -> {
                    var wish = wishes.get(i);
                    answers.add(claim(people[wish.referee], codes[wish.inviter]));
                    // Every fifth also buys something, and says the code of another friend at the
                    // till.
                    if (i % 5 == 0) {
                        var code = codes[(wish.inviter + 1) % PEOPLE];
                        var order = Friends.orderWith(code, "o-" + i, "50.00");
                        crm.publish("purchase.completed", people[wish.referee], order);
                    }
                });
        crm.deliverEvents();
        assertThat(answers).hasSize(CLAIMS).isSubsetOf(200, 201);

        var claims = claims();
        assertNobodyHasTwoInvitersOrACircle(claims);
        assertNobodyBroughtTooMany(claims);
        assertStatesAreThoseOfTheLog(claims);
        assertRewardsAreOnePerSide(claims);
    }

    /** As a client does: told that the server is too busy, and nothing was changed, it asks again. */
    private int claim(CustomerId friend, String code) {
        var status = friends.claim(friend, code).status();
        return status == OVERLOADED ? claim(friend, code) : status;
    }

    private List<Wish> wishes() {
        var wishes = new ArrayList<Wish>(CLAIMS);
        for (var i = 0; i < PEOPLE; i++) {
            var ring = i / RING * RING;
            wishes.add(new Wish(i, ring + (i + 1) % RING));
        }
        while (wishes.size() < CLAIMS) {
            wishes.add(
                    random.nextInt(4) == 0
                            ? wishes.get(random.nextInt(wishes.size()))
                            : new Wish(random.nextInt(PEOPLE), random.nextInt(PEOPLE)));
        }
        return wishes;
    }

    private interface Step {
        void at(int i);
    }

    /** The steps in their order, by as many clients as there are. */
    private static void atOnce(int steps, Step step) {
        var next = new AtomicInteger();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var running = new ArrayList<Future<?>>();
            for (var client = 0; client < CLIENTS; client++) {
                running.add(
                        clients.submit(() -> {
                            for (var i = next.getAndIncrement();
                                    i < steps;
                                    i = next.getAndIncrement()) {
                                step.at(i);
                            }
                        }));
            }
            for (var each : running) {
                each.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static List<JsonNode> claims() {
        var all = new ArrayList<JsonNode>();
        var after = "";
        do {
            var page =
                    crm.as("referrals:read").get("/referrals/claims?limit=200" + after).expect(200);
            page.json().get("items").forEach(all::add);
            after = page.json().get("next").isNull() ? "" : "&after=" + page.text("/next");
        } while (!after.isEmpty());
        return all;
    }

    private static Stream<JsonNode> accepted(List<JsonNode> claims) {
        return claims.stream().filter(claim -> !text(claim, "state").equals("refused"));
    }

    private static void assertNobodyHasTwoInvitersOrACircle(List<JsonNode> claims) {
        var inviters = new HashMap<String, String>();
        accepted(claims)
                .forEach(claim -> {
                    var referee = text(claim, "customerId");
                    assertThat(inviters.put(referee, text(claim, "inviterId"))).isNull();
                });
        assertThat(inviters).isNotEmpty();
        for (var person : inviters.keySet()) {
            var seen = new HashSet<String>();
            for (var up = person; up != null; up = inviters.get(up)) {
                assertThat(seen.add(up)).as("a circle through %s", person).isTrue();
            }
        }
        assertThat(claims.stream().map(claim -> claim.path("refusal").asText()))
                .contains("referrals.ownCode", "referrals.alreadyClaimed", "referrals.circle");
    }

    private static void assertNobodyBroughtTooMany(List<JsonNode> claims) {
        var brought = new HashMap<String, Integer>();
        accepted(claims).forEach(claim -> brought.merge(text(claim, "inviterId"), 1, Integer::sum));
        assertThat(brought.values()).allMatch(count -> count <= INVITATIONS_MAX);
    }

    /** What an observer who only reads the log believes, and what the area says. */
    private static void assertStatesAreThoseOfTheLog(List<JsonNode> claims) {
        var told = new HashMap<String, String>();
        for (var state : List.of("claimed", "refused", "qualified", "rewarded")) {
            for (var event : crm.published("referral." + state)) {
                told.put(id(event, "claimId"), state);
            }
        }
        var states = new HashMap<String, String>();
        claims.forEach(claim -> states.put(text(claim, "id"), text(claim, "state")));
        assertThat(states).isEqualTo(told);
        var repeated = new ArrayList<String>();
        for (var topic : List.of("referral.claimed", "referral.qualified", "referral.rewarded")) {
            var ids = new HashSet<String>();
            crm.published(topic).stream()
                    .map(event -> id(event, "claimId"))
                    .filter(id -> !ids.add(id))
                    .forEach(repeated::add);
        }
        assertThat(repeated).isEmpty();
    }

    private static void assertRewardsAreOnePerSide(List<JsonNode> claims) {
        var asked = ids(crm.published("reward.requested"));
        var kept = new HashSet<String>();
        for (var claim : claims) {
            var sides = new ArrayList<String>();
            claim.get("rewards")
                    .forEach(reward -> {
                        sides.add(text(reward, "side"));
                        kept.add(text(reward, "rewardId"));
                    });
            assertThat(sides)
                    .isEqualTo(
                            text(claim, "state").equals("rewarded")
                                    ? List.of("inviter", "referee")
                                    : List.of());
        }
        assertThat(kept).isNotEmpty().isEqualTo(asked);
        assertThat(ids(crm.published("reward.granted"))).isEqualTo(asked);
    }

    private static Set<String> ids(List<Published> rewards) {
        var ids = new HashSet<String>();
        rewards.forEach(event -> assertThat(ids.add(id(event, "rewardId"))).isTrue());
        return ids;
    }

    private static String id(Published event, String name) {
        return event.payload().get(name).asText();
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).asText();
    }
}
