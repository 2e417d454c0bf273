package dev.kith.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.messages.Post.Mood;
import dev.kith.testkit.TestCrm;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database, which send together. */
final class TwoNodesTest {

    private static final int MESSAGES = 40;

    /** One node sends eight at a time: so nine at once are the work of two. */
    private static final int MORE_THAN_ONE_NODE_SENDS = 9;

    private static final Post POST = new Post(MORE_THAN_ONE_NODE_SENDS);

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPlugin()
                    .set("smtp", Requests.smtp(POST.port()))
                    .set("answerWithin", "PT25S");

    @TempDir Path folder;

    @AfterAll
    static void close() {
        POST.close();
    }

    @Test
    @Timeout(120)
    void they_share_the_work_and_nobody_gets_anything_twice() {
        POST.mood = Mood.CROWDED;
        try (var other = crm.anotherNode(folder)) {
            for (var i = 0; i < MESSAGES; i++) {
                var customer = Requests.customer(crm, "Ada", "ada" + i + "@example.com", "en");
                Requests.receipt(crm, customer, UUID.randomUUID());
            }
            crm.deliverEvents();
            other.upkeep().untilIdle();
            crm.deliverEvents();
        }

        assertThat(POST.taken()).hasSize(MESSAGES);
        assertThat(POST.ids()).doesNotHaveDuplicates();
        assertThat(crm.published("message.sent")).hasSize(MESSAGES);
    }
}
