package dev.kith.complaints;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Icon;
import dev.kith.api.Permission;
import dev.kith.api.Vocabulary;
import dev.kith.complaints.Cases.Stepped;
import java.time.Duration;
import java.util.UUID;

/** Complaints: received, answered in time, and told to whoever complained. */
public final class ComplaintsPlugin implements CrmPlugin {

    static final Permission READ = new Permission("complaints:read", "See complaints");
    static final Permission WRITE =
            new Permission("complaints:write", "Take in complaints and work on them");
    static final Permission BACKDATE =
            new Permission("complaints:backdate", "Bring in complaints of the past");
    static final Permission MANAGE = new Permission("complaints:manage", "Change calendars");

    /** How long a stream of past cases may take, and some of its lines. */
    private static final Duration STREAM_WITHIN = Duration.ofMinutes(30);

    private static final Duration CHUNK_WITHIN = Duration.ofMinutes(1);

    @Override
    public void register(Crm crm) {
        var config = crm.config(ComplaintsConfig.class);
        var calendars = new Calendars();
        var cases = new Cases(config, calendars);
        var pages = new Pages(cases);
        var intake = new Intake(config, calendars, BACKDATE);
        var visitors = new Visitors(intake, cases);
        var retention = new Retention(config);

        crm.post("/cases", WRITE, Case.Draft.class, Case.class, intake::create)
                .summary("Takes in a complaint.")
                .example(Case.Draft.EXAMPLE)
                .fails(ComplaintsError.REFERENCE_TAKEN, ComplaintsError.TIMES_OUT_OF_ORDER);
        crm.lines("/cases/import", BACKDATE, Case.Draft.class, Intake.Taken.class, intake)
                .summary("Takes in complaints of the past with their steps, a line each.")
                .bodyWithin(STREAM_WITHIN)
                .example(Case.Draft.EXAMPLE)
                .deadline(CHUNK_WITHIN);
        crm.list("/cases", READ, Case.class, Queue::cases)
                .summary("Lists complaints.")
                .query("state", State.class, "Only in this state.")
                .query("open", Boolean.class, "Only those that are open, or are not.")
                .query("overdue", Boolean.class, "Only those that are late, or are not.")
                .query("severity", Case.Severity.class, "Only of this severity.")
                .query("queue", String.class, "Only in this queue.")
                .query("assignee", String.class, "Only of this colleague.")
                .query("customerId", UUID.class, "Only of this customer.")
                .query("receipt", String.class, "Only with this receipt number.")
                .query("reference", String.class, "Only with this reference.")
                .sorts(Queue.BY_RECEIPT, Queue.BY_DUE);
        crm.get("/cases/{case}", READ, Case.class, cases::find).summary("Shows a complaint.");
        crm.patch(
                        "/cases/{case}",
                        WRITE,
                        Case.Change.class,
                        Case.class,
                        cases::current,
                        cases::change)
                .summary("Changes subject, severity, queue or assignee.")
                .example(new Case.Change("Late", Case.Severity.HIGH, "delivery", "li.na"));
        crm.action("/cases/{case}/transitions", WRITE, Case.Step.class, Case.class, cases::step)
                .summary("Takes the case to another state.")
                .fails(ComplaintsError.NOTE_NEEDED)
                .example(new Case.Step(State.RESOLVED, "We have sent a new one."));
        crm.get("/cases/{case}/sla", READ, Sla.class, cases::sla)
                .summary("Shows the clocks with every span that counted or did not, and why.");
        crm.list("/cases/{case}/messages", READ, Message.class, Talk::messages)
                .summary("Lists what was said about a case, the earliest first.");
        crm.post("/cases/{case}/messages", WRITE, Message.Draft.class, Message.class, cases::say)
                .summary("Adds to the conversation.")
                .example(Message.Draft.EXAMPLE);
        crm.timer("due", Case.Id.class, cases::due);

        crm.list("/calendars", READ, Calendars.Named.class, calendars::list)
                .summary("Lists calendars.");
        crm.get("/calendars/{calendar}", READ, Calendars.Named.class, calendars::find)
                .summary("Shows a calendar.");
        crm.put(
                        "/calendars/{calendar}",
                        MANAGE,
                        Calendar.class,
                        Calendars.Named.class,
                        calendars::put)
                .summary("Creates or replaces a calendar; cases that are open follow it.")
                .withoutIfMatch()
                .example(Calendar.EXAMPLE)
                .fails(ComplaintsError.HOURS_UNUSABLE);
        crm.timer("move", Calendars.Moved.class, cases::move);

        crm.every(Duration.ofDays(1), "forgetContacts", retention::forget);
        crm.timer(Retention.TIMER, Retention.Rest.class, (tx, rest) -> retention.forget(tx));

        crm.fact("open", Long.class, "Complaints that are open", Merging::open);
        crm.fact("total", Long.class, "Complaints ever made", Merging::total);
        crm.personalData(Merging::export, Merging::erase);
        crm.merges(Merging::merge, Merging::unmerge);

        crm.icon(Icon.SPEECH);
        crm.page("/", READ, "complaints.title", pages::queue);
        crm.page("/cases/{case}", READ, "complaints.case", pages::complaint);
        crm.page("/new", WRITE, "complaints.new", pages::form);
        crm.card(READ, "complaints.title", pages::card);
        crm.customerPanel(READ, "complaints.title", pages::panel);

        crm.publicForm(
                "/",
                Visitors.Complaint.class,
                "complaints.complain",
                visitors::form,
                visitors::complain);
        crm.publicForm(
                "/{receipt}/{token}",
                Visitors.Reply.class,
                "complaints.status",
                visitors::status,
                visitors::reply);

        crm.publishes(Vocabulary.COMPLAINT_RECEIVED, Intake.Received.class);
        crm.publishes("complaint.acknowledged", Stepped.class);
        crm.publishes(Vocabulary.COMPLAINT_RESOLVED, Stepped.class);
        crm.publishes(Vocabulary.COMPLAINT_CLOSED, Stepped.class);
        crm.publishes(Vocabulary.COMPLAINT_REOPENED, Stepped.class);
        crm.publishes("complaint.withdrawn", Stepped.class);
        crm.publishes(Vocabulary.COMPLAINT_OVERDUE, Watch.Overdue.class);
    }
}
