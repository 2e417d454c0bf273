package dev.kith.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.testkit.TestCrm;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Facts, and two customers who are one. */
final class MergingTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private final Desk desk = new Desk(crm);

    @Test
    void an_audience_knows_how_often_a_customer_complained() {
        var customer = crm.customer();
        complains(customer);
        desk.moves(complains(customer), "resolved", "Sorry.").expect(200);
        assertThat(member("complaints.open == 1 && complaints.total == 2", customer))
                .isEqualTo("yes");
        assertThat(member("complaints.total > 0", crm.customer())).isEqualTo("no");
    }

    @Test
    void two_customers_who_are_one_have_all_cases_and_part_again_with_their_own() {
        var one = crm.customer();
        var other = crm.customer();
        complains(one);
        complains(other);
        crm.inTransaction(tx -> Merging.merge(tx, other, one));
        assertThat(desk.lists("customerId=" + one).json().get("items")).hasSize(2);
        complains(one);
        crm.inTransaction(tx -> Merging.unmerge(tx, other, one));
        assertThat(desk.lists("customerId=" + one).json().get("items")).hasSize(2);
        assertThat(desk.lists("customerId=" + other).json().get("items")).hasSize(1);
    }

    @Test
    void a_customer_may_be_named_by_the_id_of_another_system() {
        var named =
                crm.customer(
                        Map.of(
                                "kind", "person",
                                "name", "Li Na",
                                "externalIds",
                                        java.util.List.of(Map.of("source", "pos", "id", "77"))));
        var made =
                desk.receives(Map.of("customer", Map.of("source", "pos", "id", "77"))).expect(201);
        assertThat(made.text("/customerId")).isEqualTo(named.toString());
        desk.receives(Map.of("customer", Map.of("source", "pos", "id", "78"))).expect(422);
    }

    private String complains(CustomerId customer) {
        return desk.receives(Map.of("customerId", customer.toString())).expect(201).text("/id");
    }

    private static String member(String expression, CustomerId customer) {
        var body = Map.of("expression", expression, "customerId", customer.toString());
        return crm.as("audiences:read").post("/audiences/check", body).expect(200).text("/member");
    }
}
