package dev.kith.complaints;

import static dev.kith.complaints.db.Tables.COMPLAINT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long it is known how to reach somebody without an account. */
final class RetentionTest {

    private static final Map<String, Object> KIM = Map.of("contact", "kim@example.org");

    @RegisterExtension
    static final TestCrm crm = TestCrm.withThisPlugin().set("keepContactFor", "P30D");

    private final Desk desk = new Desk(crm);

    @Test
    void how_to_reach_whoever_complained_anonymously_is_forgotten_some_time_after_the_case() {
        var over = desk.receives(KIM).expect(201).text("/id");
        desk.moves(over, "resolved", "A new one is on its way.").expect(200);
        desk.moves(over, "closed").expect(200);
        var withdrawn = desk.receives(KIM).expect(201).text("/id");
        desk.moves(withdrawn, "withdrawn", "Found it.").expect(200);
        crm.passes(Duration.ofDays(29));
        assertThat(desk.sees(over).text("/contact")).isEqualTo("kim@example.org");
        var version = desk.sees(over).header("ETag");

        crm.passes(Duration.ofDays(2));
        assertThat(desk.sees(over).body()).doesNotContain("kim@example.org");
        assertThat(desk.sees(over).text("/subject")).isEqualTo("Late");
        assertThat(desk.sees(over).header("ETag")).isNotEqualTo(version);
        assertThat(desk.sees(withdrawn).body()).doesNotContain("kim@example.org");
    }

    @Test
    void it_is_kept_as_long_as_somebody_may_have_to_answer_and_of_customers() {
        var open = desk.receives(KIM).expect(201).text("/id");
        var again = desk.receives(KIM).expect(201).text("/id");
        desk.moves(again, "resolved", "Sent.").expect(200);
        desk.moves(again, "reopened", "It did not come.").expect(200);
        var known = Map.of("contact", "kim@example.org", "customerId", crm.customer().toString());
        var customers = desk.receives(Map.copyOf(known)).expect(201).text("/id");
        desk.moves(customers, "resolved", "Sent.").expect(200);
        crm.passes(Duration.ofDays(32));
        for (var kept : new String[] {open, again, customers}) {
            assertThat(desk.sees(kept).text("/contact")).isEqualTo("kim@example.org");
        }
    }

    @Test
    void more_than_one_transaction_forgets_goes_on_at_once() {
        var one = desk.receives(KIM).expect(201).text("/id");
        desk.moves(one, "resolved", "Sent.").expect(200);
        crm.inTransaction(tx ->
                tx.sql()
                        .execute(
                                """
                                insert into complaints.complaint
                                select (jsonb_populate_record(c, jsonb_build_object(
                                           'id', gen_random_uuid(), 'receipt', 'X-' || n))).*
                                  from complaints.complaint c, generate_series(1, {0}) n
                                 where c.id = {1}
                                """,
                                DSL.val(Retention.FORGET_MAX), DSL.val(UUID.fromString(one))));
        crm.passes(Duration.ofDays(31));
        crm.passes(Duration.ofSeconds(2));
        var left = new AtomicInteger();
        crm.inTransaction(tx ->
                left.set(
                        tx.sql()
                                .fetchCount(
                                        COMPLAINT,
                                        COMPLAINT.STATE.eq("RESOLVED"),
                                        COMPLAINT.CUSTOMER_ID.isNull(),
                                        COMPLAINT.CONTACT.isNotNull())));
        assertThat(left).hasValue(0);
    }
}
