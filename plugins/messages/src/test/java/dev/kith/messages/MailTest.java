package dev.kith.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.kith.api.CustomerId;
import dev.kith.testkit.TestCrm;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages that go out by e-mail, to a real SMTP server. */
final class MailTest {

    private static final GreenMail MAIL = started();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPlugin()
                    .set("smtp", Requests.smtp(MAIL.getSmtp().getPort()))
                    .set("quietHours", Map.of("from", "00:00", "to", "00:00"))
                    .set("pressure", Map.of("messages", 100, "days", 7));

    private static GreenMail started() {
        var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        return mail;
    }

    @AfterAll
    static void stop() {
        MAIL.stop();
    }

    @BeforeEach
    void empty() throws Exception {
        MAIL.purgeEmailFromAllMailboxes();
    }

    @Test
    void a_message_that_is_asked_for_reaches_the_customer() throws Exception {
        var customer = Requests.customer(crm, "张伟", "wei@example.com", "zh-CN");
        var message = UUID.randomUUID();
        Requests.receipt(crm, customer, message);
        crm.deliverEvents();
        var mail = onlyMail();
        assertThat(mail.getSubject()).isEqualTo("我们已收到您的投诉 C-1");
        assertThat(mail.getAllRecipients()[0]).hasToString("wei@example.com");
        assertThat(mail.getMessageID()).startsWith("<" + message + ".");
        var sent = crm.published("message.sent").getLast();
        assertThat(sent.customer()).isEqualTo(customer.value());
        assertThat(sent.payload().get("messageId").asText()).isEqualTo(message.toString());
    }

    private static MimeMessage onlyMail() {
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
        return MAIL.getReceivedMessages()[0];
    }
}
