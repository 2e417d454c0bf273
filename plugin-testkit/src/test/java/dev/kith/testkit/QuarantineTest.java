package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A plugin whose threads do not come back is taken out of service, and nobody else suffers. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class QuarantineTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withPlugins(stuck());

    private static Path stuck() {
        return Samples.write(Scratch.folder(), "stuck", Stuck.class);
    }

    @Test
    void two_lost_threads_take_a_plugin_out_of_service_and_say_why() {
        var calls =
                IntStream.range(0, 2)
                        .mapToObj(i -> CompletableFuture.runAsync(this::callAndBeTold))
                        .toList();
        calls.forEach(CompletableFuture::join);
        while (!crm.admin().get("/plugins/stuck").text("/state").equals("quarantined")) {
            LockSupport.parkNanos(10_000_000);
        }
        var status = crm.admin().get("/plugins/stuck").expect(200);
        assertThat(status.text("/reason")).contains("did not come back");
        crm.anonymous().get("/public/stuck/notes").expect(404);
        crm.customer();
        crm.admin().post("/plugins/stuck/enable").expect(200);
        crm.anonymous().get("/public/stuck/notes").expect(200);
    }

    private void callAndBeTold() {
        var answer = crm.admin().post("/stuck/stops").expect(503);
        assertThat(answer.code()).isEqualTo("overloaded");
    }
}
