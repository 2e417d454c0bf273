package dev.kith.surveys;

import static dev.kith.surveys.Polls.RECOMMEND;
import static dev.kith.surveys.Polls.definition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.testkit.TestCrm;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class MergingTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private final Polls polls = new Polls(crm);

    @Test
    void two_customers_who_are_one_have_said_it_all_and_part_again_with_what_they_said() {
        var id = polls.published(definition(RECOMMEND));
        var one = polls.answered(id, Map.of("recommend", 9));
        var other = polls.answered(id, Map.of("recommend", 2));
        var merging = new Merging(new Documents());
        crm.inTransaction(tx -> merging.merge(tx, other, one));
        assertThat(responses(one)).isEqualTo(2);
        assertThat(responses(other)).isZero();
        assertThat(followUps(one)).isEqualTo(1);
        crm.inTransaction(tx -> merging.unmerge(tx, other, one));
        assertThat(responses(one)).isEqualTo(1);
        assertThat(responses(other)).isEqualTo(1);
        assertThat(followUps(other)).isEqualTo(1);
    }

    @Test
    void who_was_asked_as_another_is_left_alone_as_one() {
        var id = polls.published(definition(RECOMMEND));
        var one = crm.customer();
        var other = polls.answered(id, Map.of("recommend", 9));
        crm.inTransaction(tx -> new Merging(new Documents()).merge(tx, other, one));
        assertThat(polls.invite(id, one).expect(409).code()).isEqualTo("surveys.coolingDown");
    }

    @Test
    void a_link_of_somebody_who_was_erased_brings_no_new_words() {
        var id = polls.published(definition(RECOMMEND));
        var customer = crm.customer();
        var link = polls.link(id, customer);
        crm.inTransaction(tx -> new Merging(new Documents()).erase(tx, customer));
        assertThat(polls.answer(link, Map.of("recommend", 1)).status()).isGreaterThanOrEqualTo(400);
        assertThat(responses(customer)).isZero();
    }

    private static int responses(CustomerId customer) {
        return items("/surveys/responses?customerId=" + customer);
    }

    private static int followUps(CustomerId customer) {
        return items("/surveys/follow-ups?customerId=" + customer);
    }

    private static int items(String path) {
        return crm.as("surveys:read").get(path).expect(200).json().get("items").size();
    }
}
