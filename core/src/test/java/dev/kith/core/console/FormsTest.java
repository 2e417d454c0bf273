package dev.kith.core.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.api.View;
import dev.kith.core.console.ConsoleFixture.Browser;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forms that people without an account fill in. */
final class FormsTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String PATH = "/public/bakery/orders/a-secret-token";
    private static final Pattern ONCE = Pattern.compile("name=\"_once\" value=\"([^\"]+)\"");

    private static final List<Order> TAKEN = new CopyOnWriteArrayList<>();
    private static ConsoleFixture fixture;

    private Browser browser;

    record Order(
            @NotBlank @Size(max = 20) String name,
            @Max(9) int pieces,
            @Nullable List<String> tags,
            @Nullable @Valid Pickup pickup,
            boolean gift) {}

    record Pickup(@NotBlank String shop, @NotNull LocalDate on) {}

    static final class Bakery implements CrmPlugin {

        @Override
        public void register(Crm crm) {
            crm.publicForm("/orders/{token}", Order.class, "t", this::page, this::order);
        }

        View page(Read read, Request request) {
            if (!request.path("token").equals("a-secret-token")) {
                throw StandardError.NOT_FOUND.because("no such order");
            }
            Map<String, Object> choice =
                    Map.of(
                            "name", "n", "label", "l", "prefix", "p", "options", List.of(), "value",
                            "");
            return new View("console/choice.jte", choice);
        }

        String order(Transaction tx, Request request, Order order) {
            tx.sql().execute("insert into public.baked (name) values (?)", order.name());
            TAKEN.add(order);
            return switch (order.name()) {
                case "nothing left" -> throw StandardError.WRONG_STATE.because("sold out");
                case "elsewhere" -> "//evil.example/";
                default -> "/public/bakery/thanks";
            };
        }
    }

    @BeforeAll
    static void open() {
        fixture = new ConsoleFixture();
        fixture.sql("create table public.baked (name text not null)");
        fixture.plugin("bakery", new Bakery());
        fixture.start();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @BeforeEach
    void nothingBakedYet() {
        fixture.sql("delete from public.baked");
        TAKEN.clear();
        browser = fixture.browser();
    }

    @Test
    void what_people_fill_in_becomes_the_record() {
        var sent =
                "name=Ada+%E6%9E%97&pieces=3&tags=rye&tags=sliced&gift=on&pickup.shop=a%0D%0Ab"
                        + "&pickup.on=2026-02-03";
        assertThat(send(sent).statusCode()).isEqualTo(303);
        var pickup = new Pickup("a\nb", LocalDate.of(2026, 2, 3));
        var order = new Order("Ada 林", 3, List.of("rye", "sliced"), pickup, true);
        assertThat(TAKEN).containsExactly(order);
    }

    @Test
    void what_is_left_empty_is_not_there() {
        var answer = send("name=Ada&pieces=3&tags=rye&pickup.shop=&pickup.on=");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(TAKEN).containsExactly(new Order("Ada", 3, List.of("rye"), null, false));
    }

    @Test
    void what_does_not_fit_is_refused_as_in_json() {
        assertThat(send("name=Ada&pieces=three").statusCode()).isEqualTo(400);
        assertThat(send("name=Ada&pieces=10").statusCode()).isEqualTo(400);
        assertThat(send("name=Ada&pieces=").statusCode()).isEqualTo(400);
        assertThat(send("name=Ada&pieces=1&price=0").body()).contains("known are");
        assertThat(send("name=Ada&pieces=1&pieces=2").statusCode()).isEqualTo(400);
        assertThat(send("name=Ada&pieces=1&name.first=A").statusCode()).isEqualTo(400);
        assertThat(send("name=%00&pieces=1").statusCode()).isEqualTo(400);
        assertThat(send("name=%ff&pieces=1").statusCode()).isEqualTo(400);
        assertThat(baked()).isZero();
    }

    @Test
    void a_form_that_is_sent_twice_at_once_is_taken_once() throws Exception {
        var body = "_once=" + once() + "&name=Ada&pieces=1";
        Callable<HttpResponse<String>> sending = () -> fixture.browser().post(PATH, FORM, body);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var answer : threads.invokeAll(List.of(sending, sending, sending, sending))) {
                assertThat(answer.get().headers().firstValue("Location"))
                        .contains("/public/bakery/thanks");
            }
        }
        assertThat(baked()).isOne();
    }

    @Test
    void the_same_form_with_something_else_in_it_is_asked_again() {
        var once = once();
        assertThat(post("_once=" + once + "&name=Ada&pieces=1").statusCode()).isEqualTo(303);
        var again = post("_once=" + once + "&name=Lin&pieces=1");
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(once(again)).isNotEqualTo(once);
        assertThat(baked()).isOne();
    }

    @Test
    void what_the_handler_refuses_leaves_nothing() {
        var refused = send("name=nothing+left&pieces=1");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Wrong state", "<form method=\"post\">");
        assertThat(baked()).isZero();
    }

    @Test
    void a_form_leads_to_pages_of_this_server_only() {
        assertThat(send("name=elsewhere&pieces=1").statusCode()).isEqualTo(500);
        assertThat(baked()).isZero();
    }

    @Test
    void what_fills_in_everything_is_not_taken_nor_what_never_saw_the_form() {
        var trapped = send("name=Ada&pieces=1&_website=http%3A%2F%2Fbuy.example");
        assertThat(trapped.statusCode()).isEqualTo(400);
        assertThat(post("name=Ada&pieces=1").statusCode()).isEqualTo(400);
        assertThat(baked()).isZero();
    }

    @Test
    void only_forms_of_a_sensible_size_are_read() {
        assertThat(send("name=" + "x".repeat(70_000)).statusCode()).isEqualTo(413);
        assertThat(send("a=1&".repeat(600)).statusCode()).isEqualTo(413);
        var json = browser.post(PATH, "application/json", "{\"name\": \"Ada\", \"pieces\": 1}");
        assertThat(json.statusCode()).isEqualTo(415);
    }

    @Test
    void a_visitors_page_has_no_cookie_no_script_and_tells_nobody_where_it_is() {
        var page = browser.get(PATH, "Accept-Language", "zh-CN");
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("X-Robots-Tag")).contains("noindex, nofollow");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .doesNotContain("script-src");
        assertThat(page.body()).doesNotContain("<script").contains("lang=\"zh-CN\"");
    }

    @Test
    void a_visitor_chooses_the_language_in_the_address_and_keeps_it() {
        var english = browser.get(PATH + "?lang=en", "Accept-Language", "zh-CN");
        assertThat(english.body()).contains("<html lang=\"en\">", PATH + "?lang=zh-CN");
        var sent = browser.post(PATH + "?lang=en", FORM, "_once=" + once() + "&name=A&pieces=1");
        assertThat(sent.headers().firstValue("Location")).contains("/public/bakery/thanks?lang=en");
    }

    @Test
    void a_wrong_address_is_told_on_a_page() {
        var wrong = browser.get("/public/bakery/orders/another");
        assertThat(wrong.statusCode()).isEqualTo(404);
        assertThat(wrong.body()).contains("Not found", "</html>");
        var sent = browser.post("/public/bakery/orders/another", FORM, "name=Ada&pieces=1");
        assertThat(sent.statusCode()).isEqualTo(404);
    }

    @Test
    void the_secret_of_an_address_is_kept_nowhere() {
        assertThat(send("name=Ada&pieces=1").statusCode()).isEqualTo(303);
        var kept =
                fixture.text(
                        "select string_agg(t::text, '') from (select a::text t from kith.audit a"
                                + " union all select i::text from kith.idempotency i) k");
        assertThat(kept).contains("/public/bakery/orders/{token}").doesNotContain("a-secret-token");
    }

    private HttpResponse<String> send(String fields) {
        return post("_once=" + once() + "&" + fields);
    }

    private HttpResponse<String> post(String body) {
        return browser.post(PATH, FORM, body);
    }

    private String once() {
        return once(browser.get(PATH));
    }

    private static String once(HttpResponse<String> page) {
        var once = ONCE.matcher(page.body());
        assertThat(once.find()).as(page.body()).isTrue();
        return once.group(1);
    }

    private static long baked() {
        return Long.parseLong(fixture.text("select count(*)::text from public.baked"));
    }
}
