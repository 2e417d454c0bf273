package dev.kith.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An SMTP server that is switched off, and comes back. */
final class DownTest {

    private static final int MESSAGES = 20;

    /** Known before it is first on; nobody listens there until then. */
    private static final int PORT = freePort();

    @RegisterExtension
    static final TestCrm crm = TestCrm.withThisPlugin().set("smtp", Requests.smtp(PORT));

    @Test
    void what_was_asked_for_while_the_server_was_down_is_sent_once_when_it_is_back()
            throws Exception {
        var messages = new ArrayList<UUID>();
        for (var i = 0; i < MESSAGES; i++) {
            var message = UUID.randomUUID();
            messages.add(message);
            var customer = Requests.customer(crm, "Ada", "ada" + i + "@example.com", "en");
            Requests.receipt(crm, customer, message);
        }
        crm.deliverEvents();
        assertThat(states(messages)).containsOnly("waiting unreachable");
        assertThat(crm.published("message.sent")).isEmpty();

        var mail = new GreenMail(new ServerSetup(PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            crm.passes(Duration.ofMinutes(2));
            crm.passes(Duration.ofHours(2));

            assertThat(states(messages)).containsOnly("sent ");
            assertThat(crm.published("message.sent")).hasSize(MESSAGES);
            var ids = new HashSet<String>();
            for (var one : mail.getReceivedMessages()) {
                ids.add(one.getMessageID());
            }
            assertThat(mail.getReceivedMessages()).hasSize(MESSAGES);
            assertThat(ids).hasSize(MESSAGES);
        } finally {
            mail.stop();
        }
    }

    private static List<String> states(List<UUID> messages) {
        return messages.stream().map(message -> Requests.state(crm, message)).toList();
    }

    private static int freePort() {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
