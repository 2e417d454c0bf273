package dev.kith.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.PluginContract;
import dev.kith.testkit.manners.Except;
import dev.kith.testkit.manners.Subject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HelloTest extends PluginContract {

    @Test
    void greets_whoever_is_named() {
        var answer = crm.as("hello:read").get("/hello/greetings/Ada").expect(200);
        assertThat(answer.text("/text")).isEqualTo("Hello, Ada!");
    }

    @Test
    void speaks_the_readers_language() {
        var page = crm.console().with("Accept-Language", "zh-CN").get("/console/hello");
        assertThat(page.expect(200).body()).contains("你好");
    }

    @Test
    void a_visitor_without_an_account_is_greeted() {
        var sent =
                crm.anonymous().submit("/public/hello", Map.of("name", "Ada & Lin/林")).expect(303);
        var next = sent.header("Location").orElseThrow();
        assertThat(crm.anonymous().get(next).expect(200).body()).contains("Ada &amp; Lin/林");
    }

    @Test
    void a_form_that_is_refused_comes_back_as_it_was_filled_in() {
        var visitor = crm.anonymous().with("Accept-Language", "zh-CN");
        var long101 = "<b>" + "x".repeat(98);
        var refused = visitor.submit("/public/hello", Map.of("name", long101)).expect(400);
        assertThat(refused.body())
                .contains("您的名字", "请检查下面标出的内容", "0和100")
                .contains("value=\"&lt;b>" + "x".repeat(98));
    }

    @Override
    protected Subject subject(RouteSpec route) {
        return new Subject("/api/v1/hello/greetings/Ada", null);
    }

    @Override
    protected List<Except> exceptions() {
        var route = "GET /api/v1/hello/greetings/{name}";
        var reason = "everybody may be greeted";
        return List.of(
                new Except(route, "404 for a malformed id", reason),
                new Except(route, "404 for an unknown id", reason));
    }

    // As small as a plugin can be, so it is the one that comes and goes so often.
    @Override
    protected int timesLeft() {
        return 200;
    }
}
