package dev.kith.core.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.Crm;
import dev.kith.api.CustomerId;
import dev.kith.api.Icon;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.core.console.rooms.HomeRoom;
import dev.kith.core.console.screen.Assets;
import dev.kith.core.database.Ids;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConsoleTest {

    private static final Permission SEE = new Permission("rooms:read", "See the rooms");
    private static final String NOBODY = "/" + new CustomerId(Ids.next());

    private final CountDownLatch testEnded = new CountDownLatch(1);
    private ConsoleFixture fixture;

    @BeforeAll
    void start() {
        fixture = new ConsoleFixture();
        var home = new HomeRoom(fixture.console.rooms());
        fixture.core(crm -> crm.page("/", SEE, "console.home", home::show));
        fixture.plugin("rooms", this::declare);
        fixture.start();
    }

    private void declare(Crm crm) {
        crm.icon(Icon.PIN);
        crm.page("/", SEE, "A page of a plugin", (read, request) -> words("calm & <quiet>"));
        crm.page("/broken", SEE, "A broken page", (read, request) -> fail());
        crm.page("/said", SEE, "Said", ConsoleTest::say);
        crm.customerPanel(SEE, "A panel", (read, customer) -> words("all is well"));
        crm.customerPanel(SEE, "A broken panel", (read, customer) -> fail());
        crm.customerPanel(SEE, "A late panel", (read, customer) -> wait(testEnded));
        crm.publicPage("/open", "An open page", (read, request) -> words("come in"));
    }

    @AfterAll
    void stop() {
        testEnded.countDown();
        fixture.close();
    }

    private static View words(String text) {
        return new View("console/empty.jte", Map.of("title", text, "detail", ""));
    }

    private static View say(Read read, Request request) {
        return words(request.query("what", String.class).orElse(""));
    }

    private static View fail() {
        throw new IllegalStateException("a mistake in a plugin");
    }

    /** Does not let itself be interrupted. */
    private static View wait(CountDownLatch latch) {
        var interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return words("too late");
    }

    @Test
    void whoever_has_not_signed_in_is_sent_to_the_door() {
        var answer = fixture.browser().get("/console/rooms");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/console/sign-in");
    }

    @Test
    void a_one_time_link_opens_the_console_once() {
        var token = fixture.link();
        var first = fixture.browser();

        assertThat(first.get("/console/sign-in?token=" + token).statusCode()).isEqualTo(303);
        assertThat(first.get("/console").statusCode()).isEqualTo(200);
        var second = fixture.browser().get("/console/sign-in?token=" + token);
        assertThat(second.statusCode()).isEqualTo(403);
        assertThat(second.body()).contains("./kith console-link");
    }

    @Test
    void a_plugins_page_stands_in_the_layout_in_the_readers_language() {
        var browser = fixture.signedIn();

        var english = browser.get("/console/rooms").body();
        var chinese = browser.get("/console/rooms", "Accept-Language", "zh-CN").body();

        assertThat(english).contains("<html lang=\"en\">", "A page of a plugin", ">Home<");
        assertThat(chinese).contains("<html lang=\"zh-CN\">", "A page of a plugin", ">首页<");
    }

    @Test
    void a_plugins_pages_are_marked_in_the_menu_by_the_sign_it_chose() {
        var page = fixture.signedIn().get("/console/rooms").body();

        var link = page.substring(page.indexOf("href=\"/console/rooms\""));
        assertThat(link.substring(0, link.indexOf("</a>")))
                .contains(drawn(Icon.PIN))
                .doesNotContain(drawn(Icon.PUZZLE));
    }

    @Test
    void every_sign_is_drawn_as_nothing_else_is() {
        var drawings = Stream.of(Icon.values()).map(ConsoleTest::drawn).distinct();

        assertThat(drawings).hasSameSizeAs(Icon.values());
    }

    private static String drawn(Icon icon) {
        Map<String, Object> name = Map.of("name", icon.name().toLowerCase(Locale.ROOT));
        return new Templates(ConsoleTest.class.getClassLoader())
                .render(Menu.class, "console/icon.jte", name)
                .strip();
    }

    @Test
    void the_language_chosen_is_kept() {
        var browser = fixture.signedIn();

        var answer = browser.get("/console/language/zh-CN?back=%2Fconsole%2Frooms");

        assertThat(answer.headers().firstValue("Location")).contains("/console/rooms");
        assertThat(browser.get("/console/rooms", "Accept-Language", "en").body()).contains(">首页<");
    }

    @Test
    void a_change_of_language_leads_to_no_other_site() {
        var browser = fixture.browser();

        for (var back :
                new String[] {"https://evil.example/", "//evil.example", "/console//evil", ""}) {
            var answer = browser.get("/console/language/en?back=" + Words.encode(back));
            assertThat(answer.headers().firstValue("Location")).as(back).contains("/console");
        }
    }

    @Test
    void what_people_typed_is_shown_and_never_run() {
        var browser = fixture.signedIn();

        for (var naughty : Words.naughty()) {
            var body = browser.get("/console/rooms/said?what=" + Words.encode(naughty)).body();
            assertThat(body).contains("class=\"empty-title\"");
            var shown = body.substring(body.indexOf("class=\"empty-title\""));
            assertThat(shown.substring(0, shown.indexOf("</p>"))).doesNotContain("<", "&&");
        }
    }

    @Test
    void a_broken_page_says_so_inside_the_layout() {
        var answer = fixture.signedIn().get("/console/rooms/broken");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("Something went wrong here", ">Home<")
                .doesNotContain("a mistake in a plugin");
    }

    @Test
    void a_panel_is_a_card() {
        var answer = fixture.signedIn().get("/console/-/panels/rooms/0" + NOBODY);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("A panel", "all is well").doesNotContain("<html");
    }

    @Test
    void a_broken_panel_is_an_error_card() {
        var answer = fixture.signedIn().get("/console/-/panels/rooms/1" + NOBODY);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("A broken panel", "could not be loaded");
    }

    @Test
    void a_late_panel_is_given_up_while_others_go_on() {
        var browser = fixture.signedIn();

        assertThat(browser.get("/console/-/panels/rooms/2" + NOBODY).statusCode()).isEqualTo(503);
        assertThat(browser.get("/console/-/panels/rooms/0" + NOBODY).statusCode()).isEqualTo(200);
    }

    @Test
    void an_address_that_leads_nowhere_says_so_inside_the_layout() {
        var answer = fixture.signedIn().get("/console/surveys/42");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("There is no such page", ">Home<");
    }

    @Test
    void a_public_page_needs_no_session() {
        var answer = fixture.browser().get("/public/rooms/open");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("come in").doesNotContain("kith-foot");
    }

    @Test
    void a_form_without_the_sessions_token_is_refused() {
        var browser = fixture.signedIn();
        var form = "application/x-www-form-urlencoded";

        assertThat(browser.post("/console/sign-out", form, "csrf=guess").statusCode())
                .isEqualTo(403);
        assertThat(browser.get("/console").statusCode()).isEqualTo(200);
        browser.post("/console/sign-out", form, "csrf=" + browser.csrf());
        assertThat(browser.get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void pages_run_only_our_scripts_and_are_not_kept() {
        var headers = fixture.signedIn().get("/console").headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self'", "default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void assets_are_kept_for_ever_under_the_name_of_their_content() {
        var browser = fixture.browser();
        var url = new Assets().url("kith.css");

        var first = browser.get(url);
        var again =
                browser.get(url, "If-None-Match", first.headers().firstValue("ETag").orElseThrow());

        assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(browser.get("/console/-/assets/0/logback.xml").statusCode()).isEqualTo(404);
    }
}
