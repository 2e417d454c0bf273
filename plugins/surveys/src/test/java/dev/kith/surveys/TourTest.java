package dev.kith.surveys;

import static dev.kith.surveys.Polls.definition;

import dev.kith.testkit.TestCrm;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TourTest {
    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    @Test
    void tour() {
        var polls = new Polls(crm);
        var def = """
{
  "title": {"en": "Your complaint", "zh-CN": "您的投诉"},
  "thanks": {"en": "Thank you!", "zh-CN": "谢谢您！"},
  "questions": [
    {"id": "satisfied", "kind": "csat", "required": true,
     "text": {"en": "How satisfied are you with our answer?", "zh-CN": "您对我们的处理满意吗？"}},
    {"id": "why", "kind": "text", "when": "answers.satisfied <= 3",
     "text": {"en": "What should we have done?", "zh-CN": "我们应该怎样做得更好？"}},
    {"id": "recommend", "kind": "nps",
     "text": {"en": "Would you recommend us to a friend?", "zh-CN": "您会向朋友推荐我们吗？"}}
  ],
  "thanksPoints": 50
}""";
        var w = crm.as("surveys:write");
        var a = w.post("/surveys/questionnaires", "{\"key\": \"after-complaint\", \"definition\": " + def + "}");
        System.out.println("DOC create " + a);
        var id = a.text("/id");
        System.out.println("DOC publish " + w.post("/surveys/questionnaires/" + id + "/publish"));
        System.out.println("DOC quota " + w.post("/surveys/questionnaires/" + id + "/quotas", "{\"condition\": \"answers.recommend >= 9\", \"limit\": 200}"));
        var c = crm.customer();
        var i = polls.invite(id, c);
        System.out.println("DOC invite " + i);
        System.out.println("DOC again " + polls.invite(id, c));
        var link = i.text("/link"); link = link.substring(link.indexOf("/public"));
        System.out.println("DOC wrong " + polls.answer(link, Map.of("satisfied", 5, "why", "x", "recommend", 11)));
        System.out.println("DOC answer " + polls.answer(link, Map.of("satisfied", 2, "why", "Answer sooner", "recommend", 3)));
        System.out.println("DOC spent " + polls.answer(link, Map.of("satisfied", 2, "recommend", 3)));
        for (var n : new int[] {10, 9, 9, 8}) polls.answered(id, Map.of("satisfied", 4, "recommend", n));
        polls.link(id, crm.customer());
        System.out.println("DOC results " + polls.results(id));
        var f = crm.as("surveys:read").get("/surveys/follow-ups?state=open");
        System.out.println("DOC followups " + f);
        var fid = f.text("/items/0/id");
        System.out.println("DOC contact " + crm.as("surveys:follow-up").post("/surveys/follow-ups/" + fid + "/contact", "{\"note\": \"Rang her up\"}"));
        System.out.println("DOC solve " + crm.as("surveys:follow-up").post("/surveys/follow-ups/" + fid + "/solve", "{\"message\": \"We have doubled the team that answers complaints.\"}"));
        for (var e : crm.published("message.requested")) System.out.println("DOC message " + e.payload());
        for (var e : crm.published("survey.answered")) System.out.println("DOC answered " + e.payload());
    }
}
