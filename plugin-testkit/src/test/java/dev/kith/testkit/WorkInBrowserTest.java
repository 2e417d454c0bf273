package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator does in a browser about timers and sends that failed. */
final class WorkInBrowserTest {

    private static final TemporaryFolder FOLDER = new TemporaryFolder();

    @RegisterExtension static final TestCrm crm = TestCrm.withPlugins(Samples.good(FOLDER.path()));

    @AfterAll
    static void clean() {
        FOLDER.close();
    }

    @Test
    void parked_timers_say_why_and_are_retried_or_skipped_with_a_reason() {
        var again = parkedTimer("mail server away");
        var never = parkedTimer("no such offer");
        try (var tab = crm.browser().tab()) {
            tab.open("/console/jobs");
            assertThat(tab.text("main")).contains("mail server away", "no such offer");
            tab.screenshot("console-jobs-parked");

            tab.click("button[data-api$='" + again + "/retry']").until(gone(again));
            assertThat(crm.admin().get("/jobs/" + again).expect(200).text("/state"))
                    .isEqualTo("waiting");

            var skip = "form[data-api$='" + never + "/skip']";
            tab.focus(skip + " input").type("the offer has ended");
            tab.click(skip + " button").until(gone(never));
            crm.admin().get("/jobs/" + never).expect(404);
            assertThat(crm.admin().get("/audit?limit=1").expect(200).json().toString())
                    .contains("the offer has ended");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void parked_sends_say_why_and_are_skipped_with_a_reason() {
        var send = parkedSend("it answered 422");
        try (var tab = crm.browser().tab()) {
            tab.open("/console/sends");
            assertThat(tab.text("main")).contains("it answered 422");
            tab.screenshot("console-sends-parked");
            var skip = "form[data-api$='" + send + "/skip']";
            tab.focus(skip + " input").type("the address is gone");
            tab.click(skip + " button").until(gone(send));
            assertThat(crm.admin().get("/sends/" + send).expect(200).text("/state"))
                    .isEqualTo("skipped");
            tab.open("/console/sends?state=skipped");
            assertThat(tab.text("main")).contains("it answered 422");
            assertThat(tab.count("form[data-api]")).isZero();
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static String gone(String id) {
        return "!document.querySelector(\"[data-api*='" + id + "']\")";
    }

    private static String parkedTimer(String error) {
        var id = UUID.randomUUID();
        insert(
                "insert into kith.job (id, plugin, name, key, due_at, parked, attempts, error)"
                        + " values ({0}, 'gone', {1}, {0}::text, now(), true, 8, {2})",
                id, error);
        return id.toString();
    }

    private static String parkedSend(String error) {
        var id = UUID.randomUUID();
        insert(
                "insert into kith.send (id, plugin, name, payload, state, attempts, due_at, error,"
                        + " created_at) values ({0}, 'gone', {1}, '{}', 'parked', 8, now(), {2},"
                        + " now())",
                id, error);
        return id.toString();
    }

    private static void insert(String sql, UUID id, String error) {
        crm.inTransaction(
                tx -> tx.sql().execute(sql, DSL.val(id), DSL.val("letter"), DSL.val(error)));
    }
}
