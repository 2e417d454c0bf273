package dev.kith.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.kith.api.CustomerId;
import dev.kith.testkit.TestCrm;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages that go out by e-mail, to a real SMTP server. */
final class MailTest {

    private static final Pattern LINK = Pattern.compile("(/public/[^>]+)>");
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
        assertThat(sent.text("/messageId")).isEqualTo(message.toString());
    }

    @Test
    void a_name_with_line_breaks_adds_no_header() throws Exception {
        var name = "Ada\r\nBcc: eve@example.com\r\n\r\nbody";
        write("shop.greeting", "Hello, {{name}} {{customerName}}", null);
        Requests.ask(
                crm,
                Requests.customer(crm, "Ada", "ada@example.com", "en"),
                UUID.randomUUID(),
                "service",
                "shop.greeting",
                Map.of("name", name));
        crm.deliverEvents();
        var mail = onlyMail();
        assertThat(mail.getSubject()).isEqualTo("Hello, Ada Bcc: eve@example.com body Ada");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(1);
    }

    @Test
    void whatever_a_value_says_it_is_text_in_html() throws Exception {
        write("shop.page", "s", "<p title=\"{{name}}\">{{name}}</p><a href=\"{{link}}\">more</a>");
        Requests.ask(
                crm,
                Requests.customer(crm, "Ada", "ada@example.com", "en"),
                UUID.randomUUID(),
                "service",
                "shop.page",
                Map.of("name", "<script>alert('1')</script>\" {{link}}", "link", "javascript:x"));
        crm.deliverEvents();
        var parts = (jakarta.mail.Multipart) onlyMail().getContent();
        var html = String.valueOf(parts.getBodyPart(1).getContent());
        var safe = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; {{link}}";
        assertThat(html)
                .isEqualTo("<p title=\"" + safe + "\">" + safe + "</p><a href=\"#\">more</a>");
    }

    @Test
    void one_click_unsubscribes_at_once() throws Exception {
        var customer = promoted();
        var mail = onlyMail();
        assertThat(mail.getHeader("List-Unsubscribe-Post", null))
                .isEqualTo("List-Unsubscribe=One-Click");
        var path = unsubscribePath(mail);
        for (var again = 0; again < 2; again++) {
            crm.anonymous()
                    .with("Content-Type", "application/x-www-form-urlencoded")
                    .post(path, "List-Unsubscribe=One-Click")
                    .expect(200);
        }
        // Before anybody has heard of it:
        var next = UUID.randomUUID();
        Requests.promotion(crm, customer, next);
        crm.deliverEvents();
        assertThat(Requests.state(crm, next)).isEqualTo("suppressed unsubscribed");
        assertThat(crm.published("consent.withdrawalRequested")).hasSize(1);
        assertThat(crm.published("consent.withdrawn")).hasSize(1);
        // And who consents anew is written to again.
        crm.passes(Duration.ofMinutes(1));
        Requests.consents(crm, customer);
        var later = UUID.randomUUID();
        Requests.promotion(crm, customer, later);
        crm.deliverEvents();
        assertThat(Requests.state(crm, later)).isEqualTo("sent ");
    }

    @Test
    void one_click_may_come_in_parts_and_is_no_way_into_other_forms() throws Exception {
        promoted();
        var parts =
                "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n"
                        + "One-Click\r\n--b--\r\n";
        crm.anonymous()
                .with("Content-Type", "multipart/form-data; boundary=b")
                .post(unsubscribePath(onlyMail()), parts)
                .expect(200);
        crm.deliverEvents();
        assertThat(crm.published("consent.withdrawn")).hasSize(1);
        crm.anonymous()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .post(unsubscribePath(onlyMail()), "")
                .expect(400);
        crm.anonymous()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .post("/public/messages/unsubscribe/nobodys", "List-Unsubscribe=One-Click")
                .expect(404);
    }

    @Test
    void a_person_unsubscribes_with_the_form() throws Exception {
        promoted();
        crm.anonymous().submit(unsubscribePath(onlyMail()), Map.of()).expect(303);
        crm.deliverEvents();
        var withdrawn = crm.published("consent.withdrawn").getLast().payload();
        assertThat(withdrawn.get("purpose").asText()).isEqualTo("marketing");
        assertThat(withdrawn.get("channel").asText()).isEqualTo("email");
    }

    @Test
    void a_template_that_names_what_its_sample_lacks_is_refused_with_the_place() {
        var wording = Map.of("subject", "s", "text", "{{nobody}}");
        var answer =
                crm.as("messages:write")
                        .with("If-Match", "\"0\"")
                        .put(
                                "/messages/templates/shop.wrong",
                                Map.of("en", wording, "zhCn", wording))
                        .expect(422);
        assertThat(answer.code()).isEqualTo("messages.unknownPlaceholder");
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("/en/text");
        var script = Map.of("subject", "s", "text", "t", "html", "<script>{{x}}</script>");
        var unsafe = Map.of("en", script, "zhCn", script, "sample", Map.of("x", "1"));
        assertThat(
                        crm.as("messages:write")
                                .with("If-Match", "\"0\"")
                                .put("/messages/templates/shop.wrong", unsafe)
                                .expect(422)
                                .code())
                .isEqualTo("messages.unsafePlace");
    }

    private static void write(String name, String subject, @Nullable String html) {
        var wording =
                new java.util.HashMap<String, Object>(Map.of("subject", subject, "text", "t"));
        wording.put("html", html);
        crm.as("messages:write")
                .with("If-Match", "\"0\"")
                .put(
                        "/messages/templates/" + name,
                        Map.of(
                                "en",
                                wording,
                                "zhCn",
                                wording,
                                "sample",
                                Map.of("name", "Kim", "link", "https://example.com")))
                .expect(201);
    }

    private static CustomerId promoted() {
        var customer = Requests.customer(crm, "Ada", "ada@example.com", "en");
        Requests.consents(crm, customer);
        Requests.promotion(crm, customer, UUID.randomUUID());
        crm.deliverEvents();
        return customer;
    }

    private static String unsubscribePath(MimeMessage mail) throws Exception {
        var found = LINK.matcher(mail.getHeader("List-Unsubscribe", null));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static MimeMessage onlyMail() {
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
        return MAIL.getReceivedMessages()[0];
    }
}
