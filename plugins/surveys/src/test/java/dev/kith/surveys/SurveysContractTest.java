package dev.kith.surveys;

import static dev.kith.surveys.Polls.REASONS;
import static dev.kith.surveys.Polls.RECOMMEND;
import static dev.kith.surveys.Polls.SATISFIED;
import static dev.kith.surveys.Polls.WHY;
import static dev.kith.surveys.Polls.definition;
import static dev.kith.surveys.Polls.with;

import dev.kith.api.CustomerId;
import dev.kith.testkit.Planted;
import dev.kith.testkit.PluginContract;
import dev.kith.testkit.Sample;
import dev.kith.testkit.TestCrm;
import java.util.List;
import java.util.Map;

final class SurveysContractTest extends PluginContract {

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
        return new Planted(
                List.of("planted in an answer", "planted in a note", "planted in a message"));
    }
}
