package dev.kith.surveys;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Icon;
import dev.kith.api.Permission;
import dev.kith.api.Vocabulary;
import java.util.UUID;

/** Asks customers, understands the answers and sees to what they need. */
public final class SurveysPlugin implements CrmPlugin {

    static final Permission READ = new Permission("surveys:read", "See surveys and answers");
    static final Permission WRITE = new Permission("surveys:write", "Make and publish surveys");
    static final Permission INVITE = new Permission("surveys:invite", "Ask customers");
    static final Permission FOLLOW_UP =
            new Permission("surveys:follow-up", "See to what low answers need");

    @Override
    public void register(Crm crm) {
        var config = crm.config(SurveysConfig.class);
        var documents = new Documents();
        var known = new KnownQuestions(crm::condition, documents);
        var questionnaires = new Questionnaires(known, documents);
        var invitations = new Invitations(config, known);
        var quotas = new Quotas(known);
        var followUps = new FollowUps();
        var responses = new Responses(quotas, followUps);
        var answering = new Answering(known, documents, quotas, responses);
        var results = new Results(documents);
        var merging = new Merging(documents);
        var pages = new Pages(known);
        var resultsPage = new ResultsPage(results);

        questionnaires(crm, questionnaires);
        versions(crm, questionnaires);
        numbers(crm, quotas, results);
        asking(crm, invitations, responses);
        answering(crm, answering);
        followUps(crm, followUps);
        topics(crm);

        crm.fact("lastNps", Long.class, "The latest NPS given, 0 to 10", responses::lastNps);
        crm.fact("lastCsat", Long.class, "The latest CSAT given, 1 to 5", responses::lastCsat);
        // After the facts, because a trigger's condition may be about our own.
        new Triggers(config, invitations, documents).register(crm);
        crm.personalData(merging::export, merging::erase);
        crm.merges(merging::merge, merging::unmerge);

        crm.icon(Icon.CLIPBOARD);
        crm.page("/", READ, "surveys.title", pages::overview);
        crm.page("/follow-ups", READ, "surveys.followUps", pages::followUps);
        crm.page("/questionnaires/{questionnaire}", READ, "surveys.results", resultsPage::results);
        crm.card(READ, "surveys.title", pages::card);
        crm.customerPanel(READ, "surveys.title", pages::panel);
    }

    private static void questionnaires(Crm crm, Questionnaires questionnaires) {
        crm.list("/questionnaires", READ, Questionnaire.class, questionnaires::list)
                .query("state", Questionnaire.State.class, "only those in this state")
                .summary("Lists questionnaires, the newest first.");
        crm.post(
                        "/questionnaires",
                        WRITE,
                        Questionnaire.NewQuestionnaire.class,
                        Questionnaire.class,
                        questionnaires::create)
                .summary("Makes a questionnaire with a draft of its first version.")
                .example(new Questionnaire.NewQuestionnaire("after-complaint", Examples.DEFINITION))
                .fails(SurveysError.KEY_TAKEN);
        crm.get("/questionnaires/{questionnaire}", READ, Questionnaire.class, questionnaires::find)
                .summary("Shows a questionnaire.");
        crm.action(
                        "/questionnaires/{questionnaire}/publish",
                        WRITE,
                        Questionnaire.class,
                        questionnaires::publish)
                .summary("Publishes the draft; it is never changed again.");
        crm.action(
                        "/questionnaires/{questionnaire}/close",
                        WRITE,
                        Questionnaire.class,
                        questionnaires::close)
                .summary("Asks nobody any more; links that are out cannot be answered.");
    }

    private static void versions(Crm crm, Questionnaires questionnaires) {
        crm.list(
                        "/questionnaires/{questionnaire}/versions",
                        READ,
                        Questionnaire.Edition.class,
                        questionnaires::editions)
                .summary("Lists the versions, the newest first.");
        crm.post(
                        "/questionnaires/{questionnaire}/versions",
                        WRITE,
                        Questionnaire.Draft.class,
                        Questionnaire.Edition.class,
                        questionnaires::draft)
                .summary("Drafts the next version; a question keeps its kind under its id.")
                .example(new Questionnaire.Draft(Examples.DEFINITION));
        crm.get(
                        "/questionnaires/{questionnaire}/versions/{version}",
                        READ,
                        Questionnaire.Edition.class,
                        questionnaires::edition)
                .summary("Shows a version.");
        crm.patch(
                        "/questionnaires/{questionnaire}/versions/{version}",
                        WRITE,
                        Questionnaire.Draft.class,
                        Questionnaire.Edition.class,
                        questionnaires::current,
                        questionnaires::save)
                .summary("Changes a draft.")
                .example(new Questionnaire.Draft(Examples.DEFINITION));
    }

    private static void numbers(Crm crm, Quotas quotas, Results results) {
        crm.list("/questionnaires/{questionnaire}/quotas", READ, Quota.class, quotas::list)
                .summary("Lists how many answers of a kind are wanted, and how many there are.");
        crm.post(
                        "/questionnaires/{questionnaire}/quotas",
                        WRITE,
                        Quota.NewQuota.class,
                        Quota.class,
                        quotas::create)
                .summary("Takes no more answers that fulfil a condition than this.")
                .example(new Quota.NewQuota("answers.satisfied >= 4", 200));
        crm.get("/questionnaires/{questionnaire}/results", READ, Results.Summary.class, results::of)
                .query("version", Integer.class, "of this version only")
                .snapshot()
                .summary("Sums up the answers, with 95% intervals.");
    }

    private static void asking(Crm crm, Invitations invitations, Responses responses) {
        crm.list("/invitations", READ, Invitation.class, invitations::list)
                .query("questionnaireId", UUID.class, "only of this questionnaire")
                .query("customerId", UUID.class, "only of this customer")
                .summary("Lists invitations, the newest first.");
        crm.post(
                        "/invitations",
                        INVITE,
                        Invitation.NewInvitation.class,
                        Invitation.class,
                        invitations::invite)
                .summary("Asks a customer once, by a link that expires.")
                .example(Examples.INVITATION)
                .fails(SurveysError.COOLING_DOWN);
        crm.get("/invitations/{invitation}", READ, Invitation.class, invitations::find)
                .summary("Shows an invitation, without its link.");
        crm.list("/responses", READ, Response.class, responses::list)
                .query("questionnaireId", UUID.class, "only to this questionnaire")
                .query("customerId", UUID.class, "only of this customer")
                .summary("Lists what was answered, the newest first.");
    }

    private static void answering(Crm crm, Answering answering) {
        crm.publicForm(
                "/invitations/{token}",
                Response.Screenful.class,
                "surveys.public",
                answering::page,
                answering::submit);
        crm.publicPage("/invitations/{token}/end", "surveys.public", answering::end);
        crm.publicPost(
                        "/invitations/{token}/answers",
                        Response.Given.class,
                        Response.Receipt.class,
                        answering::answer)
                .summary("Answers all questions at once, from a program.")
                .example(Examples.ANSWERS)
                .fails(SurveysError.LINK_SPENT);
    }

    private static void followUps(Crm crm, FollowUps followUps) {
        crm.list("/follow-ups", READ, FollowUp.class, followUps::list)
                .query("state", FollowUp.State.class, "only those in this state")
                .query("customerId", UUID.class, "only of this customer")
                .summary("Lists whom to get in touch with, the newest first.");
        crm.get("/follow-ups/{followUp}", READ, FollowUp.class, followUps::find)
                .summary("Shows a follow-up.");
        crm.action(
                        "/follow-ups/{followUp}/contact",
                        FOLLOW_UP,
                        FollowUp.Note.class,
                        FollowUp.class,
                        followUps::contact)
                .summary("Somebody got in touch.")
                .example(new FollowUp.Note("Rang her up."));
        crm.action(
                        "/follow-ups/{followUp}/solve",
                        FOLLOW_UP,
                        FollowUp.Solution.class,
                        FollowUp.class,
                        followUps::solve)
                .summary("It is solved, and the customer is told.")
                .example(new FollowUp.Solution("We have sent you a new one.", null));
        crm.action(
                        "/follow-ups/{followUp}/confirm",
                        FOLLOW_UP,
                        FollowUp.Note.class,
                        FollowUp.class,
                        followUps::confirm)
                .summary("The customer is content.")
                .example(new FollowUp.Note("She is content."));
    }

    private static void topics(Crm crm) {
        crm.publishes(Vocabulary.SURVEY_INVITED, Payloads.Invited.class);
        crm.publishes("survey.suppressed", Payloads.Suppressed.class);
        crm.publishes(Vocabulary.SURVEY_ANSWERED, Payloads.Answered.class);
        crm.publishes("survey.screenedOut", Payloads.ScreenedOut.class);
        crm.publishes("survey.followUpOpened", Payloads.FollowUpMoved.class);
        crm.publishes("survey.followUpContacted", Payloads.FollowUpMoved.class);
        crm.publishes("survey.followUpSolved", Payloads.FollowUpMoved.class);
        crm.publishes("survey.followUpConfirmed", Payloads.FollowUpMoved.class);
    }
}
