package dev.kith.core.feed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.api.Crm;
import dev.kith.api.Permission;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Stamp;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.core.access.ReservedNames;
import dev.kith.core.call.CoreRequest;
import dev.kith.core.database.Ids;
import dev.kith.core.database.Reading;
import dev.kith.core.database.Tx;
import dev.kith.core.events.Topics;
import dev.kith.core.events.Waits;
import dev.kith.core.input.JsonInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where events enter from outside: checked here, so that bad data is never poison behind it. */
public final class EventDoor implements Crm.Lines<EventInput, Told, Recorded> {

    /** How far in the future an event may lie, for clocks that run fast. */
    public static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    /** How far in the past it may lie without the right to backdate, for slow networks. */
    public static final Duration BEHIND_MAX = Duration.ofMinutes(5);

    /** The customers' own permission: making one by the way needs it too. */
    private static final Permission STRANGERS =
            new Permission("customers:write", "Create and change customers");

    /** Asked for by what an event says, and by no route. */
    public static final Permission BACKDATE =
            new Permission("events:backdate", "Record events that happened in the past");

    static final String PREFER = "Prefer";
    static final String PREFER_MEANING =
            "`wait=2`: answers when every subscription has passed the event, or after 2 seconds"
                    + " (10 at most), with `settled` and `effects`";

    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;\\s])wait=([0-9]{1,3})(?:$|[,;\\s])");

    private final Topics topics;
    private final Strangers strangers;
    private final Waits waits;
    private final Feed feed;
    private final ReservedNames reserved;

    public EventDoor(
            Topics topics, Strangers strangers, Waits waits, Feed feed, ReservedNames reserved) {
        this.reserved = reserved;
        this.topics = topics;
        this.strangers = strangers;
        this.waits = waits;
        this.feed = feed;
    }

    /** One event. */
    Recorded record(Transaction tx, Request request, EventInput input) {
        var prepared = prepare(tx, request, List.of(input)).getFirst();
        if (prepared.refusal() != null) {
            throw prepared.refusal();
        }
        var told = java.util.Objects.requireNonNull(prepared.line());
        var applied = apply(tx, request, List.of(told)).getFirst();
        if (applied.refusal() != null) {
            throw applied.refusal();
        }
        var recorded = java.util.Objects.requireNonNull(applied.answer());
        if (recorded.status() == Recorded.Status.DUPLICATE) {
            request.answers(200);
        }
        waitIfAsked((CoreRequest) request, recorded);
        return recorded;
    }

    private void waitIfAsked(CoreRequest request, Recorded recorded) {
        var wait = request.header(PREFER).map(WAIT::matcher).filter(m -> m.find());
        wait.ifPresent(seconds -> {
            var max = Duration.ofSeconds(Long.parseLong(seconds.group(1)));
            request.answerAfterCommit(() ->
                    waits.settled(recorded.id(), max).thenApply(all -> waited(recorded, all)));
        });
    }

    private Object waited(Recorded recorded, boolean all) {
        return recorded.waited(all, feed.effectsOf(recorded.id()));
    }

    @Override
    public List<Crm.Prepared<Told>> prepare(Read read, Request request, List<EventInput> inputs) {
        var caller = (CoreRequest) request;
        var people = Persons.find((Reading) read, inputs, mayCreate(request));
        List<Crm.Prepared<Told>> prepared = new ArrayList<>(inputs.size());
        for (var input : inputs) {
            try {
                var told = told(read, caller, people, input);
                prepared.add(Crm.Prepared.of(told.customer(), told));
            } catch (Problem refusal) {
                prepared.add(Crm.Prepared.refused(refusal));
            }
        }
        return prepared;
    }

    private static boolean mayCreate(Request request) {
        var wanted = request.query("unknownCustomer", UnknownCustomer.class);
        if (wanted.orElse(UnknownCustomer.REFUSE) == UnknownCustomer.REFUSE) {
            return false;
        }
        if (!request.may(STRANGERS)) {
            throw forbidden("unknownCustomer=create needs the permission ", STRANGERS);
        }
        return true;
    }

    private Told told(Read read, CoreRequest caller, Persons people, EventInput input) {
        var topic =
                topics.find(input.topic())
                        .orElseThrow(() -> refusedTopic(input, "there is no such topic"));
        if (!topic.spec().external()) {
            throw refusedTopic(input, "the topic is not open to callers");
        }
        if (!caller.principal().mayPublish(input.topic())) {
            throw StandardError.FORBIDDEN.because("this key may not publish " + input.topic());
        }
        checkSource(caller, input.source());
        checkPayload(topic, caller, input.data());
        checkTime(read.now(), caller, input.occurredAt());
        var person = people.of(input);
        return new Told(
                Ids.next(),
                input.topic(),
                input.source() == null ? caller.principal().source() : input.source(),
                input.key(),
                person.id(),
                person.stranger(),
                input.occurredAt(),
                input.data());
    }

    private static Problem refusedTopic(EventInput input, String why) {
        return StandardError.UNKNOWN_REFERENCE
                .because("%s: %s".formatted(why, input.topic()))
                .at("/topic", "unknownTopic", why);
    }

    private void checkSource(CoreRequest caller, @Nullable String source) {
        if (source != null
                && !source.equals(caller.principal().source())
                && reserved.contain(source)) {
            throw StandardError.INVALID_INPUT
                    .because("a plugin, or the server itself, is the source of that name")
                    .at("/source", "reserved", "name your own system");
        }
    }

    private static void checkPayload(Topics.Topic topic, CoreRequest caller, JsonNode data) {
        var owner = topic.owner();
        try {
            var json = new JsonInput(owner.json().strict());
            var payload = json.fromTree(data, topic.spec().payload());
            owner.validation().check(payload, caller.locale());
        } catch (Problem e) {
            throw below("/data", e);
        }
    }

    private static Problem below(String prefix, Problem problem) {
        var moved = problem.code().because(problem.detail());
        for (var place : problem.places()) {
            moved = moved.at(prefix + place.pointer(), place.code(), place.message());
        }
        return moved;
    }

    private static void checkTime(Instant now, CoreRequest caller, @Nullable Instant occurredAt) {
        if (occurredAt == null) {
            return;
        }
        if (occurredAt.isAfter(now.plus(AHEAD_MAX))) {
            throw StandardError.INVALID_INPUT
                    .because("occurredAt lies more than 5 minutes in the future")
                    .at("/occurredAt", "tooFarAhead", "at most 5 minutes in the future");
        }
        if (occurredAt.isBefore(now.minus(BEHIND_MAX)) && !caller.may(BACKDATE)) {
            throw forbidden("to record what happened in the past, a key needs ", BACKDATE);
        }
    }

    private static Problem forbidden(String what, Permission needed) {
        return StandardError.FORBIDDEN
                .because(what + needed.name())
                .with("permission", needed.name());
    }

    @Override
    public List<Crm.Applied<Recorded>> apply(Transaction tx, Request request, List<Told> lines) {
        var writing = (Tx) tx;
        var told = Persons.settle(writing, strangers, lines);
        var fresh = EventKeys.reserve(writing.connection(), told);
        var taken = told.stream().filter(t -> !fresh.contains(t.id())).toList();
        var first =
                taken.isEmpty()
                        ? java.util.Map.<UUID, EventKeys.First>of()
                        : EventKeys.first(writing.connection(), taken);
        return told.stream().map(t -> applied(writing, t, first.get(t.id()))).toList();
    }

    private static Crm.Applied<Recorded> applied(
            Tx tx, Told told, EventKeys.@Nullable First first) {
        if (first == null) {
            var stamp = new Stamp(told.occurredAt(), null, null);
            var json = told.data().toString();
            tx.append(told.id(), told.topic(), told.customer(), json, stamp, told.source());
            return Crm.Applied.done(Recorded.recorded(told.id()));
        }
        if (first.same()) {
            return Crm.Applied.done(Recorded.duplicate(first.event()));
        }
        return Crm.Applied.refused(
                StandardError.KEY_REUSED
                        .because("the key was used for an event with other content")
                        .at("/key", "keyReused", "used by event " + first.event()));
    }
}
