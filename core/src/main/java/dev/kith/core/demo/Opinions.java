package dev.kith.core.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A survey after the purchase, its answers, and what is done about the bad ones. */
final class Opinions {

    private static final int INVITED = 150;
    private static final double ANSWERS = 0.62;
    private static final String SURVEYS = "/api/v1/surveys";

    private static final Map<String, ?> DEFINITION =
            Map.of(
                    "title", both("Your visit", "您的光临"),
                    "thanks", both("Thank you!", "谢谢您！"),
                    "questions",
                            List.of(
                                    Map.of(
                                            "id",
                                            "satisfied",
                                            "kind",
                                            "csat",
                                            "required",
                                            true,
                                            "text",
                                            both("How satisfied are you with us?", "您对我们满意吗？")),
                                    Map.of(
                                            "id", "why",
                                            "kind", "text",
                                            "when", "answers.satisfied <= 3",
                                            "text", both("What went wrong?", "哪里让您不满意？")),
                                    Map.of(
                                            "id", "liked",
                                            "kind", "multiple",
                                            "when", "answers.satisfied >= 4",
                                            "text", both("What did you like?", "您喜欢什么？"),
                                            "options",
                                                    List.of(
                                                            option("taste", "The tea", "茶"),
                                                            option("people", "The people", "店员"),
                                                            option("place", "The place", "环境"),
                                                            option("price", "The price", "价格"))),
                                    Map.of(
                                            "id",
                                            "recommend",
                                            "kind",
                                            "nps",
                                            "required",
                                            true,
                                            "text",
                                            both(
                                                    "Would you recommend us to a friend?",
                                                    "您会向朋友推荐我们吗？"))),
                    "thanksPoints", 20);
    private static final List<String> LIKED = List.of("taste", "people", "place", "price");
    private static final List<String> WHYS = List.of("等得太久", "茶不够新鲜", "态度一般");
    private static final List<String> WHYS_EN =
            List.of("Waited too long", "The tea was stale", "Nobody could help me");

    private final Door door;
    private final RandomGenerator random;

    Opinions(Door door, RandomGenerator random) {
        this.door = door;
        this.random = random;
    }

    private static Map<String, String> both(String english, String chinese) {
        return Map.of("en", english, "zh-CN", chinese);
    }

    private static Map<String, Object> option(String id, String english, String chinese) {
        return Map.of("id", id, "text", both(english, chinese));
    }

    /** How many answered. */
    int ask(List<Person> people) {
        var made =
                door.post(
                        SURVEYS + "/questionnaires",
                        Map.of("key", "after-visit", "definition", DEFINITION));
        var questionnaire = made.path("id").asText();
        door.act(SURVEYS + "/questionnaires/" + questionnaire + "/publish");
        var invited =
                java.util.stream.IntStream.range(0, INVITED)
                        .mapToObj(i -> people.get(i * people.size() / INVITED))
                        .toList();
        var invitations =
                door.posts(
                        invited.stream().map(person -> invitation(questionnaire, person)).toList());
        var answers = new ArrayList<Door.Post>();
        for (var i = 0; i < INVITED; i++) {
            if (random.nextDouble() < ANSWERS) {
                var link = java.net.URI.create(invitations.get(i).path("link").asText()).getPath();
                var given = Map.of("answers", answers(invited.get(i)));
                answers.add(new Door.Post(link + "/answers", given));
            }
        }
        return door.posts(answers).size();
    }

    private static Door.Post invitation(String questionnaire, Person person) {
        return new Door.Post(
                SURVEYS + "/invitations",
                Map.of(
                        "questionnaireId",
                        questionnaire,
                        "customer",
                        person.reference(),
                        "send",
                        false));
    }

    private Map<String, Object> answers(Person person) {
        Map<String, Object> answers = new HashMap<>();
        var mood = random.nextGaussian() * 0.9 + 4.1;
        var satisfied = Math.clamp(Math.round(mood), 1, 5);
        answers.put("satisfied", satisfied);
        if (satisfied <= 3) {
            answers.put("why", Names.any(person.chinese() ? WHYS : WHYS_EN, random));
        } else {
            var liked = new ArrayList<>(LIKED);
            liked.removeIf(any -> random.nextInt(2) == 0);
            if (!liked.isEmpty()) {
                answers.put("liked", liked);
            }
        }
        answers.put("recommend", Math.clamp(Math.round(2 * mood + random.nextGaussian()), 0, 10));
        return answers;
    }

    /** Some of those who were unhappy have been called already. */
    int followUp() {
        var waiting = door.get(SURVEYS + "/follow-ups?limit=50").path("items");
        for (var i = 0; i < waiting.size(); i++) {
            var one = SURVEYS + "/follow-ups/" + waiting.get(i).path("id").asText();
            if (i % 3 > 0) {
                door.post(one + "/contact", Map.of("note", "Rang and listened"));
            }
            if (i % 3 > 1) {
                door.post(
                        one + "/solve",
                        Map.of("message", "We have put more people at the counter. 我们已经增加了人手。"));
            }
        }
        return waiting.size();
    }
}
