package dev.kith.testkit.manners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.call.Codes;
import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.Answer;
import java.util.List;
import java.util.UUID;

/** How a refusal is told, and how any answer is found again. */
final class OfProblems implements Manner.Topic {

    private static final String CHINESE = ".*\\p{IsHan}.*";

    private final Calls calls;

    OfProblems(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Manner> manners() {
        return List.of(
                new Manner("a problem says all there is to say", Manner::any, this::complete),
                new Manner("a problem speaks the caller's language", Manner::any, this::languages),
                new Manner("every answer has an id", Manner::any, this::ids),
                new Manner("its own problems are explained", this::hasOwn, this::explained));
    }

    private Answer refused(RouteSpec route, String language) {
        return calls.admin(route)
                .with("Accept-Language", language)
                .send(route.method(), Calls.anywhere(route) + "?noSuchName=1", calls.example(route))
                .expect(400);
    }

    private void complete(RouteSpec route) {
        var answer = refused(route, "en");
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        for (var member : List.of("type", "title", "detail", "code", "requestId")) {
            assertThat(answer.text("/" + member)).as(member).isNotBlank();
        }
        assertThat(answer.number("/status")).isEqualTo(answer.status());
        assertThat(answer.text("/type")).isEqualTo("/problems/" + answer.code());
        assertThat(answer.text("/requestId")).isEqualTo(id(answer));
        page(answer.text("/type"), "en");
    }

    private void languages(RouteSpec route) {
        assertThat(refused(route, "en").text("/title")).doesNotMatch(CHINESE);
        assertThat(refused(route, "zh-CN").text("/title")).matches(CHINESE);
        assertThat(refused(route, "fr, zh;q=0.8, en;q=0.1").text("/title")).matches(CHINESE);
        assertThat(refused(route, "fr").text("/title")).doesNotMatch(CHINESE);
    }

    private void ids(RouteSpec route) {
        var path = Calls.anywhere(route);
        var ids =
                List.of(
                        id(calls.crm().anonymous().send(route.method(), path, null)),
                        id(calls.crm().anonymous().send("OPTIONS", path, null)),
                        id(calls.admin(route).send("TRACE", path, null)),
                        id(calls.admin(route).send(route.method(), path, calls.example(route))));
        assertThat(ids).doesNotHaveDuplicates();
    }

    private static String id(Answer answer) {
        var id = answer.header("X-Request-Id").orElseThrow();
        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        return id;
    }

    private boolean hasOwn(RouteSpec route) {
        return !route.errors().isEmpty();
    }

    private void explained(RouteSpec route) {
        var area = calls.crm().areaOf(route);
        for (var error : route.errors()) {
            var type = "/problems/" + Codes.of(error, area);
            assertThat(page(type, "zh-CN")).as(type).matches("(?s)" + CHINESE);
            page(type, "en");
        }
    }

    private String page(String type, String language) {
        var page = calls.crm().anonymous().with("Accept-Language", language).get(type).expect(200);
        assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
        return page.body();
    }
}
