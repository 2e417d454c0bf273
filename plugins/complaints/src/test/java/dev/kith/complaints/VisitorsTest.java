package dev.kith.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testkit.TestCrm;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody without an account complains. */
final class VisitorsTest {

    private static final String FORM = "/public/complaints";

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private final Desk desk = new Desk(crm);

    @Test
    void whoever_complains_gets_a_number_and_a_page_to_follow_it() {
        var page = complains("Cold soup");
        var shown = crm.anonymous().get(page).expect(200).body();
        assertThat(shown).contains("Cold soup", receipt(page), "Received");
        var inQueue = desk.lists("receipt=" + receipt(page));
        assertThat(inQueue.text("/items/0/channel")).isEqualTo("web");
        assertThat(inQueue.text("/items/0/contact")).isEqualTo("kim@example.org");
        assertThat(crm.published("complaint.received")).hasSize(1);
    }

    @Test
    void the_status_page_shows_what_is_public_and_nothing_else() {
        var page = complains("Cold soup");
        var id = desk.lists("receipt=" + receipt(page)).text("/items/0/id");
        desk.says(id, Map.of("text", "Always complains.")).expect(201);
        desk.moves(id, "waitingForCustomer", "Which soup?").expect(200);
        var shown = crm.anonymous().get(page).expect(200).body();
        assertThat(shown).contains("Which soup?").doesNotContain("Always complains.");
    }

    @Test
    void an_answer_on_the_status_page_ends_the_wait() {
        var page = complains("Cold soup");
        var id = desk.lists("receipt=" + receipt(page)).text("/items/0/id");
        desk.moves(id, "waitingForCustomer", "Which soup?").expect(200);
        var next =
                crm.anonymous().submit(page, Map.of("text", "The <b>tomato</b> one.")).expect(303);
        assertThat(next.header("Location")).contains(page);
        assertThat(desk.sees(id).text("/state")).isEqualTo("investigating");
        assertThat(crm.anonymous().get(page).body()).contains("The &lt;b&gt;tomato&lt;/b&gt; one.");
    }

    @Test
    void without_the_right_token_there_is_no_page() {
        var page = complains("Cold soup");
        var other = complains("Warm beer");
        var swapped =
                page.substring(0, page.lastIndexOf('/')) + other.substring(other.lastIndexOf('/'));
        crm.anonymous().get(page.substring(0, page.length() - 1) + "_").expect(404);
        crm.anonymous().get(swapped).expect(404);
    }

    @Test
    void a_form_without_words_comes_back_and_leaves_no_case() {
        var refused =
                crm.anonymous()
                        .with("Accept-Language", "zh-CN")
                        .submit(FORM, Map.of("subject", "冷汤", "text", " "))
                        .expect(400);
        assertThat(refused.body()).contains("冷汤", "提交");
        assertThat(crm.published("complaint.received")).isEmpty();
    }

    @Test
    void a_customer_is_told_where_to_follow_the_case() {
        var customer = crm.customer();
        desk.receives(Map.of("customerId", customer.toString(), "subject", "Cold soup"))
                .expect(201);
        var data = crm.published("message.requested").getFirst().payload().get("data");
        var link = URI.create(data.get("link").asText()).getPath();
        assertThat(crm.anonymous().get(link).expect(200).body()).contains("Cold soup");
    }

    private static String complains(String subject) {
        var fields =
                Map.of("subject", subject, "text", "It was cold.", "contact", "kim@example.org");
        var sent = crm.anonymous().submit(FORM, fields).expect(303);
        return sent.header("Location").orElseThrow();
    }

    private static String receipt(String page) {
        return page.substring(FORM.length() + 1, page.lastIndexOf('/'));
    }
}
