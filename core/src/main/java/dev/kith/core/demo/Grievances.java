package dev.kith.core.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Complaints of the past half year, and those that are open now. */
final class Grievances {

    private static final int SETTLED = 160;
    private static final int OPEN = 18;
    private static final Duration PAST = Duration.ofDays(180);

    private static final List<About> ABOUTS =
            List.of(
                    new About(
                            "delivery",
                            "包裹迟到",
                            "说好三天送到，一周了还没收到。",
                            "Late parcel",
                            "It was promised for Tuesday and is still not here."),
                    new About(
                            "delivery",
                            "包裹破损",
                            "茶壶到的时候已经碎了。",
                            "Broken in transit",
                            "The pot arrived in pieces."),
                    new About(
                            "quality",
                            "茶叶受潮",
                            "打开包装有霉味。",
                            "Tea is damp",
                            "It smells of mould when the bag is opened."),
                    new About(
                            "quality",
                            "和图片不符",
                            "颜色和网页上完全不一样。",
                            "Not as pictured",
                            "The colour is nothing like on your page."),
                    new About(
                            "shop",
                            "排队太久",
                            "周末排队等了四十分钟。",
                            "Waited too long",
                            "Forty minutes in the queue on a Saturday."),
                    new About(
                            "shop",
                            "服务态度",
                            "店员态度不好，问话不理。",
                            "Rude staff",
                            "I was ignored at the counter twice."),
                    new About(
                            "billing",
                            "多扣了钱",
                            "同一单扣了两次款。",
                            "Charged twice",
                            "The same order was charged two times."),
                    new About(
                            "billing",
                            "积分没到账",
                            "上周买的东西积分还没到。",
                            "Points missing",
                            "I bought last week and see no points."));

    private record About(
            String queue, String subject, String text, String subjectEn, String textEn) {}

    private static final List<String> CHANNELS =
            List.of("phone", "web", "email", "inPerson", "chat");
    private static final List<String> SEVERITIES =
            List.of("low", "normal", "normal", "normal", "high", "high", "critical");
    private static final List<String> AGENTS = List.of("lin.mei", "chen.bo", "sarah.wood");

    private final RandomGenerator random;
    private final Instant now;

    Grievances(RandomGenerator random, Instant now) {
        this.random = random;
        this.now = now;
    }

    List<Map<String, ?>> of(List<Person> people) {
        var cases = new ArrayList<Map<String, ?>>();
        for (var i = 0; i < SETTLED; i++) {
            var ago = Duration.ofMinutes(random.nextLong(PAST.toMinutes()));
            cases.add(
                    settled(
                            i,
                            Names.any(people, random),
                            now.minus(ago).minus(Duration.ofDays(9))));
        }
        for (var i = 0; i < OPEN; i++) {
            var ago = Duration.ofMinutes(20 + random.nextLong(Duration.ofDays(4).toMinutes()));
            cases.add(open(SETTLED + i, Names.any(people, random), now.minus(ago)));
        }
        return cases;
    }

    private Map<String, ?> settled(int number, Person person, Instant received) {
        var steps = new ArrayList<Map<String, String>>();
        var at = received.plus(Duration.ofMinutes(10 + random.nextLong(300)));
        steps.add(step("acknowledged", at, null));
        at = at.plus(Duration.ofMinutes(10 + random.nextLong(600)));
        steps.add(step("investigating", at, null));
        if (random.nextInt(4) == 0) {
            at = at.plus(Duration.ofMinutes(30));
            steps.add(step("waitingForCustomer", at, question(person)));
            at = at.plus(Duration.ofHours(5 + random.nextLong(40)));
            steps.add(step("investigating", at, null));
        }
        at = at.plus(Duration.ofMinutes((long) (60 + 2_800 * Math.pow(random.nextDouble(), 2))));
        steps.add(step("resolved", at, answer(person)));
        steps.add(step("closed", at.plus(Duration.ofDays(2)), null));
        return draft(number, person, received, steps);
    }

    private Map<String, ?> open(int number, Person person, Instant received) {
        var steps = new ArrayList<Map<String, String>>();
        var at = received.plus(Duration.ofMinutes(5));
        var how = random.nextInt(4);
        if (how > 0) {
            steps.add(step("acknowledged", at, null));
        }
        if (how > 1) {
            steps.add(step("investigating", at.plus(Duration.ofMinutes(5)), null));
        }
        if (how > 2) {
            steps.add(step("waitingForCustomer", at.plus(Duration.ofMinutes(9)), question(person)));
        }
        return draft(number, person, received, steps);
    }

    private Map<String, ?> draft(
            int number, Person person, Instant received, List<Map<String, String>> steps) {
        var about = Names.any(ABOUTS, random);
        Map<String, Object> draft = new HashMap<>();
        draft.put("reference", "demo-" + number);
        draft.put("channel", Names.any(CHANNELS, random));
        draft.put("subject", person.chinese() ? about.subject() : about.subjectEn());
        draft.put("text", person.chinese() ? about.text() : about.textEn());
        draft.put("severity", Names.any(SEVERITIES, random));
        draft.put("customer", person.reference());
        draft.put("queue", about.queue());
        draft.put("assignee", Names.any(AGENTS, random));
        draft.put("receivedAt", received.toString());
        draft.put("steps", steps);
        return draft;
    }

    private static String question(Person person) {
        return person.chinese()
                ? "请把订单号和照片发给我们，好吗？"
                : "Could you send us the order number and a photo?";
    }

    private static String answer(Person person) {
        return person.chinese()
                ? "很抱歉给您添麻烦了，我们已经为您补发。"
                : "We are sorry for the trouble. A replacement is on its way.";
    }

    private static Map<String, String> step(
            String to, Instant at, @org.jspecify.annotations.Nullable String note) {
        return note == null
                ? Map.of("to", to, "occurredAt", at.toString())
                : Map.of("to", to, "occurredAt", at.toString(), "note", note);
    }
}
