package dev.kith.surveys;

import static dev.kith.surveys.Polls.REASONS;
import static dev.kith.surveys.Polls.RECOMMEND;
import static dev.kith.surveys.Polls.SATISFIED;
import static dev.kith.surveys.Polls.WHY;
import static dev.kith.surveys.Polls.definition;
import static dev.kith.surveys.Polls.with;

import dev.kith.api.CustomerId;
import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.Planted;
import dev.kith.testkit.PluginContract;
import dev.kith.testkit.Sample;
import dev.kith.testkit.TestCrm;
import dev.kith.testkit.manners.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class SurveysContractTest extends PluginContract {

    private static final String DEFINITION =
            """
            {"title": {"en": "Visit", "zh-CN": "光临"}, "questions": [{"id": "recommend",
             "kind": "nps", "text": {"en": "Recommend us?", "zh-CN": "推荐吗？"}}]}
            """;
    private static final String QUOTA = "{\"limit\": 5}";
    private static final String DRAFT = "{\"definition\": %s}".formatted(DEFINITION);

    SurveysContractTest() {
        super(
                TestCrm.withThisPlugin()
                        .set(
                                "triggers",
                                List.of(
                                        Map.of(
                                                "name", "afterVisit",
                                                "topic", "visit.made",
                                                "questionnaire", "after-visit"))));
    }

    @Override
    protected List<Sample> samples() {
        return List.of(new Sample("visit.made", Map.of("channel", "shop")));
    }

    @Override
    protected List<String> addresses() {
        var polls = new Polls(crm);
        var id =
                polls.published(
                        with(
                                definition(RECOMMEND, WHY, REASONS, SATISFIED),
                                "title",
                                Polls.text("<script>alert(1)</script>", "您的<b>光临</b>")));
        polls.answered(id, Map.of("recommend", 9, "satisfied", 4, "reasons", List.of("price")));
        polls.answered(
                id,
                Map.of("recommend", 2, "satisfied", 1, "why", "\"><img src=x onerror=alert(1)>"));
        return List.of("/console/surveys/questionnaires/" + id, polls.link(id, crm.customer()));
    }

    /** The questions are ours. */
    @Override
    protected Set<String> impersonal() {
        return Set.of("questionnaire.key", "version.definition");
    }

    @Override
    protected Planted plant(CustomerId customer) {
        var polls = new Polls(crm);
        var id = polls.published(definition(RECOMMEND, WHY, with(WHY, "id", "more")));
        var link = polls.link(id, customer);
        polls.answer(link, Map.of("recommend", 1, "why", "planted in an answer")).expect(201);
        var followUp =
                crm.as("surveys:read")
                        .get("/surveys/follow-ups?customerId=" + customer)
                        .text("/items/0/id");
        var care = "/surveys/follow-ups/%s/".formatted(followUp);
        crm.as("surveys:follow-up")
                .post(care + "contact", Map.of("note", "planted in a note"))
                .expect(200);
        crm.as("surveys:follow-up")
                .post(care + "solve", Map.of("message", "planted in a message"))
                .expect(200);
        return Planted.in("answer.words", "planted in an answer")
                .and("follow_up.note", "planted in a note")
                .and("follow_up.told", "planted in a message");
    }

    @Override
    protected Subject subject(RouteSpec route) {
        var polls = new Polls(crm);
        var key = "q-" + UUID.randomUUID();
        var path = route.path();
        if (path.contains("{version}")) {
            var draft = polls.create(key, definition(RECOMMEND)).expect(201).text("/id");
            return new Subject(
                    path.replace("{questionnaire}", draft).replace("{version}", "1"),
                    body(route, DRAFT));
        }
        if (path.endsWith("/questionnaires")) {
            var made = "{\"key\": \"%s\", \"definition\": %s}".formatted(key, DEFINITION);
            return new Subject(path, body(route, made));
        }
        var id = polls.published(key, definition(RECOMMEND));
        if (path.contains("{questionnaire}")) {
            var body = path.endsWith("/quotas") ? QUOTA : DRAFT;
            if (path.endsWith("/quotas") && route.method().equals("GET")) {
                var quotas = "/surveys/questionnaires/" + id + "/quotas";
                crm.admin().post(quotas, QUOTA).expect(201);
            }
            return new Subject(path.replace("{questionnaire}", id), body(route, body));
        }
        if (path.contains("{followUp}")) {
            return followUp(route, polls.answered(id, Map.of("recommend", 1)));
        }
        if (path.contains("{token}")) {
            var link = polls.link(id, crm.customer());
            return new Subject(link + "/answers", "{\"answers\": {\"recommend\": 9}}");
        }
        if (path.contains("{invitation}")) {
            var invitation = polls.invite(id, crm.customer()).text("/id");
            return new Subject(path.replace("{invitation}", invitation), null);
        }
        var invite =
                "{\"questionnaireId\": \"%s\", \"customerId\": \"%s\"}"
                        .formatted(id, crm.customer());
        return new Subject(path, body(route, invite));
    }

    private Subject followUp(RouteSpec route, CustomerId customer) {
        var id =
                crm.as("surveys:read")
                        .get("/surveys/follow-ups?customerId=" + customer)
                        .text("/items/0/id");
        var care = crm.as("surveys:follow-up");
        var path = "/surveys/follow-ups/%s/".formatted(id);
        var solution = "{\"message\": \"It is done.\"}";
        if (route.path().endsWith("/solve") || route.path().endsWith("/confirm")) {
            care.post(path + "contact", "{}").expect(200);
        }
        if (route.path().endsWith("/confirm")) {
            care.post(path + "solve", solution).expect(200);
        }
        var body = route.path().endsWith("/solve") ? solution : "{\"note\": \"Rang up.\"}";
        return new Subject(route.path().replace("{followUp}", id), body(route, body));
    }

    private static @Nullable String body(RouteSpec route, String body) {
        return route.in().isPresent() ? body : null;
    }
}
