package dev.kith.core.console.rooms;

import dev.kith.api.Page;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.core.call.Codes;
import dev.kith.core.console.PageRequest;
import dev.kith.core.jobs.JobState;
import dev.kith.core.jobs.JobView;
import dev.kith.core.jobs.JobsPlugin;
import dev.kith.core.sends.SendState;
import dev.kith.core.sends.SendView;
import dev.kith.core.sends.SendsPlugin;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Timers, repeating jobs and sends: what waits, what failed, and what to do about it. */
public final class WorkRoom {

    /**
     * One timer, job or send.
     *
     * @param at when it is tried next, or else when it was over
     * @param stuck whether there is something to decide: it has failed
     * @param path of its routes
     */
    public record Line(
            String plugin,
            String name,
            String state,
            int attempts,
            @Nullable Instant at,
            @Nullable String error,
            boolean stuck,
            String path) {

        static Line of(JobView job) {
            var parked = job.state() == JobState.PARKED;
            return new Line(
                    job.plugin(),
                    job.name(),
                    Codes.lowerCamel(job.state().name()),
                    job.attempts(),
                    job.dueAt(),
                    job.error(),
                    parked || job.attempts() > 0,
                    "/api/v1/jobs/" + job.id());
        }

        static Line of(SendView send) {
            var parked = send.state() == SendState.PARKED;
            var waiting = send.state() == SendState.WAITING;
            return new Line(
                    send.plugin(),
                    send.name(),
                    Codes.lowerCamel(send.state().name()),
                    send.attempts(),
                    waiting ? send.nextAttemptAt() : send.endedAt(),
                    send.error(),
                    parked || waiting && send.error() != null,
                    "/api/v1/sends/" + send.id());
        }
    }

    View jobs(Read read, Request request) {
        var list = new Listed("jobs", names(JobState.values()), JobsPlugin.MANAGE);
        return list.view(read, (PageRequest) request, JobsPlugin::list, Line::of);
    }

    View sends(Read read, Request request) {
        var list = new Listed("sends", names(SendState.values()), SendsPlugin.MANAGE);
        return list.view(read, (PageRequest) request, SendsPlugin::list, Line::of);
    }

    private static List<String> names(Enum<?>[] states) {
        return Stream.of(states).map(state -> Codes.lowerCamel(state.name())).toList();
    }

    @FunctionalInterface
    private interface Source<T> {
        Page<T> list(Read read, Request request);
    }

    /** A list that can be narrowed to one of these states. */
    private record Listed(String name, List<String> states, Permission manage) {

        /** What the operator has to decide comes first. */
        private static final String FIRST = "parked";

        <T> View view(Read read, PageRequest request, Source<T> source, Function<T, Line> line) {
            var state = Optional.of(request.text("state")).filter(states::contains).orElse(FIRST);
            var page = source.list(read, request.with("state", state));
            var here = "/console/" + name + "?state=";
            var parameters = new HashMap<String, Object>();
            parameters.put("name", name);
            parameters.put("state", state);
            parameters.put("states", states);
            parameters.put("here", here);
            parameters.put("lines", page.items().stream().map(line).toList());
            parameters.put(
                    "next", page.next() == null ? "" : here + state + "&after=" + page.next());
            parameters.put("manage", request.may(manage));
            return new View("console/work.jte", Map.copyOf(parameters));
        }
    }
}
