package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator does in a browser about timers and sends that failed. */
final class WorkInBrowserTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withPlugins();

    private final Leftovers gone = new Leftovers(crm);

    @Test
    void parked_timers_say_why_and_are_retried_or_skipped_with_a_reason() {
        var again = gone.parkedTimer("1", "mail server away").toString();
        var never = gone.parkedTimer("2", "no such offer").toString();
        try (var tab = crm.browser().tab()) {
            tab.open("/console/jobs");
            assertThat(tab.text("main")).contains("mail server away", "no such offer");
            tab.screenshot("console-jobs-parked");

            tab.click("button[data-api$='" + again + "/retry']").until(absent(again));
            assertThat(crm.admin().get("/jobs/" + again).expect(200).text("/state"))
                    .isEqualTo("waiting");

            var skip = "form[data-api$='" + never + "/skip']";
            tab.focus(skip + " input").type("the offer has ended");
            tab.click(skip + " button").until(absent(never));
            crm.admin().get("/jobs/" + never).expect(404);
            assertThat(crm.admin().get("/audit?limit=1").expect(200).json().toString())
                    .contains("the offer has ended");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void parked_sends_say_why_and_are_skipped_with_a_reason() {
        var send = gone.parkedSend("it answered 422").toString();
        try (var tab = crm.browser().tab()) {
            tab.open("/console/sends");
            assertThat(tab.text("main")).contains("it answered 422");
            tab.screenshot("console-sends-parked");
            var skip = "form[data-api$='" + send + "/skip']";
            tab.focus(skip + " input").type("the address is gone");
            tab.click(skip + " button").until(absent(send));
            assertThat(crm.admin().get("/sends/" + send).expect(200).text("/state"))
                    .isEqualTo("skipped");
            tab.open("/console/sends?state=skipped");
            assertThat(tab.text("main")).contains("it answered 422");
            assertThat(tab.count("form[data-api]")).isZero();
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static String absent(String id) {
        return "!document.querySelector(\"[data-api*='" + id + "']\")";
    }
}
