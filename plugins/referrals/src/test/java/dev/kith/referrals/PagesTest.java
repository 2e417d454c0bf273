package dev.kith.referrals;

import static dev.kith.referrals.db.Tables.CLAIM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.testkit.TestCrm;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the console shows, and what it costs to open it. */
final class PagesTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private static final ReferralsConfig USUAL =
            new ReferralsConfig(
                    List.of(), Duration.ofDays(30), Duration.ofDays(14), 500L, 500L, 100, Set.of());

    private final Friends friends = new Friends(crm);
    private final Pages pages = new Pages(new Codes(USUAL));

    @Test
    void the_names_on_a_page_are_one_question_however_many_there_are() {
        var anna = named("Anna");
        friends.claim(anna, friends.code(named("Olga"))).expect(201);
        var code = friends.code(anna);
        for (var name : List.of("Bea", "Cleo", "Dora")) {
            friends.claim(named(name), code).expect(201);
        }
        var asked = new ArrayList<String>();
        crm.inTransaction(tx -> pages.panel(listening(tx, asked), anna));
        assertThat(asked).containsOnlyOnce("customers").doesNotContain("customer");
        assertThat(crm.console().get("/console/-/panels/referrals/0/" + anna).expect(200).body())
                .contains("Olga", "Bea", "Cleo", "Dora");
        assertThat(crm.console().get("/console/referrals").expect(200).body())
                .contains("Olga", "Anna", "Bea", "Cleo", "Dora");
    }

    @Test
    void what_is_long_past_is_not_summed_up_and_not_read() {
        friends.claim(crm.customer(), friends.code(crm.customer())).expect(201);
        assertThat(card()).doesNotContain("of 0 invited");
        crm.passes(Duration.ofDays(366));
        assertThat(card()).contains("of 0 invited in the past year");
        crm.inTransaction(tx -> {
            tx.sql().execute("set local enable_seqscan = off");
            var sums = tx.sql().selectCount().from(CLAIM).where(CLAIM.CLAIMED_AT.ge(tx.now()));
            assertThat(tx.sql().explain(sums).plan()).contains("claim_by_time");
        });
    }

    private static String card() {
        return crm.console().get("/console/-/cards/referrals/0").expect(200).body();
    }

    private static CustomerId named(String name) {
        return crm.customer(Map.of("kind", "person", "name", name));
    }

    private static Read listening(Read read, List<String> asked) {
        return (Read)
                Proxy.newProxyInstance(
                        Read.class.getClassLoader(),
                        new Class<?>[] {Read.class},
                        (proxy, method, arguments) -> {
                            asked.add(method.getName());
                            return method.invoke(read, arguments);
                        });
    }
}
