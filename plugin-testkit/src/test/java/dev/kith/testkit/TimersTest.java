package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator sees of timers that failed, and can do about them. */
final class TimersTest {

    private static final TemporaryFolder FOLDER = new TemporaryFolder();
    private static final String KEY = "{\"customer\": \"somebody\"}";

    @RegisterExtension static final TestCrm crm = TestCrm.withPlugins(Samples.good(FOLDER.path()));

    @AfterAll
    static void clean() {
        FOLDER.close();
    }

    @Test
    void a_parked_timer_is_seen_without_its_key_and_fires_again_when_it_is_retried() {
        var timer = parked();

        var list = crm.as("jobs:read").get("/jobs?state=parked&plugin=gone").expect(200);
        assertThat(list.text("/items/0/id")).isEqualTo(timer);
        assertThat(list.text("/items/0/error")).isEqualTo("it broke");
        assertThat(list.json().toString()).doesNotContain("somebody");
        crm.as("jobs:read").post("/jobs/" + timer + "/retry").expect(403);

        var retried = crm.as("jobs:manage").post("/jobs/" + timer + "/retry").expect(200);

        assertThat(retried.text("/state")).isEqualTo("waiting");
        assertThat(retried.json().path("attempts").asInt()).isZero();
        assertThat(retried.text("/dueAt")).isNotEmpty();
        crm.admin().post("/jobs/" + timer + "/retry").expect(200);
        crm.admin().post("/jobs/" + timer + "/skip", Map.of("reason", "tidy")).expect(200);
    }

    @Test
    void a_timer_is_given_up_with_a_reason_which_is_kept() {
        var timer = "/jobs/" + parked();
        crm.admin().post(timer + "/skip", Map.of()).expect(400);

        crm.admin().post(timer + "/skip", Map.of("reason", "too late")).expect(200);

        crm.admin().get(timer).expect(404);
        var audit = crm.admin().get("/audit?limit=1").expect(200);
        assertThat(audit.json().toString()).contains("too late");
    }

    @Test
    void a_job_that_repeats_is_run_at_once_or_passed_over_and_stays() {
        var jobs = crm.admin().get("/jobs?plugin=kith").expect(200);
        var job = "/jobs/" + jobs.text("/items/0/id");
        assertThat(jobs.json().at("/items/0/everySeconds").asLong()).isPositive();

        var due = crm.admin().post(job + "/retry").expect(200).text("/dueAt");
        var later =
                crm.admin()
                        .post(job + "/skip", Map.of("reason", "busy"))
                        .expect(200)
                        .text("/dueAt");

        assertThat(later).isGreaterThan(due);
        crm.passes(Duration.ofDays(1));
        crm.admin().get(job).expect(200);
    }

    private static String parked() {
        return new Leftovers(crm).parkedTimer(KEY, "it broke").toString();
    }
}
