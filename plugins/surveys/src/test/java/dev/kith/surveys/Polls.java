package dev.kith.surveys;

import dev.kith.api.CustomerId;
import dev.kith.testkit.Answer;
import dev.kith.testkit.Caller;
import dev.kith.testkit.TestCrm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Questionnaires for tests, and the ways to ask and answer them. */
record Polls(TestCrm crm) {

    static final Map<String, Object> RECOMMEND =
            question("recommend", "nps", "Would you recommend us?", "您会推荐我们吗？", true);
    static final Map<String, Object> SATISFIED =
            question("satisfied", "csat", "Are you satisfied?", "您满意吗？", true);
    static final Map<String, Object> WHY =
            with(question("why", "text", "Why?", "为什么？", false), "when", "answers.recommend <= 6");
    static final Map<String, Object> WHERE =
            with(
                    question("where", "single", "Where do you shop?", "您在哪里购物？", false),
                    "options",
                    List.of(option("shop", "In the shop", "门店"), option("online", "Online", "网上")));
    static final Map<String, Object> REASONS =
            with(
                    question("reasons", "multiple", "What matters?", "您看重什么？", false),
                    "options",
                    List.of(
                            option("price", "Price", "价格"),
                            option("time", "Time", "时间"),
                            option("people", "People", "服务")));

    static Map<String, Object> text(String en, String zh) {
        return Map.of("en", en, "zh-CN", zh);
    }

    static Map<String, Object> question(
            String id, String kind, String en, String zh, boolean required) {
        return Map.of("id", id, "kind", kind, "text", text(en, zh), "required", required);
    }

    static Map<String, Object> option(String id, String en, String zh) {
        return Map.of("id", id, "text", text(en, zh));
    }

    static Map<String, Object> with(Map<String, Object> object, String name, Object value) {
        var more = new HashMap<>(object);
        more.put(name, value);
        return Map.copyOf(more);
    }

    static Map<String, Object> definition(Object... questions) {
        return Map.of("title", text("Your visit", "您的光临"), "questions", List.of(questions));
    }

    Answer create(String key, Map<String, Object> definition) {
        return crm.as("surveys:write", "surveys:read")
                .post("/surveys/questionnaires", Map.of("key", key, "definition", definition));
    }

    /** A questionnaire that is published, by its id. */
    String published(Map<String, Object> definition) {
        return published("q-" + UUID.randomUUID(), definition);
    }

    String published(String key, Map<String, Object> definition) {
        var id = create(key, definition).expect(201).text("/id");
        act(id, "publish").expect(200);
        return id;
    }

    Answer act(String questionnaire, String verb) {
        return crm.as("surveys:write")
                .post("/surveys/questionnaires/%s/%s".formatted(questionnaire, verb));
    }

    Answer invite(String questionnaire, CustomerId customer) {
        var input = Map.of("questionnaireId", questionnaire, "customerId", customer.toString());
        return crm.as("surveys:invite").post("/surveys/invitations", input);
    }

    /** The path of a new invitation's link. */
    String link(String questionnaire, CustomerId customer) {
        var link = invite(questionnaire, customer).expect(201).text("/link");
        return link.substring(link.indexOf("/public/"));
    }

    Answer answer(String link, Map<String, Object> answers) {
        return visitor().post(link + "/answers", Map.of("answers", answers));
    }

    /** Asks a new customer and answers. */
    CustomerId answered(String questionnaire, Map<String, Object> answers) {
        var customer = crm.customer();
        answer(link(questionnaire, customer), answers).expect(201);
        return customer;
    }

    Caller visitor() {
        return crm.anonymous();
    }

    Answer results(String questionnaire) {
        return crm.as("surveys:read")
                .get("/surveys/questionnaires/%s/results".formatted(questionnaire))
                .expect(200);
    }
}
