package dev.kith.core.call.lines;

import dev.kith.api.Crm;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.area.Fatal;
import dev.kith.core.area.Messages;
import dev.kith.core.call.Asked;
import dev.kith.core.call.Endpoint;
import dev.kith.core.call.Refusals;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.registry.RouteSpec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import org.slf4j.MDC;

/** Calls a route of lines, chunk by chunk, on the thread that it is given. */
public final class LinesRoute {

    /** The most lines that are prepared together. */
    public static final int LINES_MAX = 4_000;

    private final Endpoint route;
    private final Crm.Lines<Object, Object, Object> handler;

    @SuppressWarnings("unchecked")
    public LinesRoute(
            Area area,
            String plugin,
            RouteSpec spec,
            RouteSpec.Call.Lines call,
            UnitOfWork work,
            Messages coreTexts) {
        this.route = new Endpoint(area, plugin, spec, work, coreTexts);
        this.handler = (Crm.Lines<Object, Object, Object>) call.handler();
    }

    public Area area() {
        return route.area;
    }

    public RouteSpec spec() {
        return route.spec;
    }

    public Refusals refusals() {
        return route.refusals;
    }

    /**
     * @throws Problem for what is wrong with the query, before any line is taken
     */
    public void check(Asked asked) {
        route.query(asked);
    }

    /** The answers of these lines, in order, each with its end. Nothing is thrown but what is fatal. */
    public byte[] run(Asked asked, List<Line> lines) {
        MDC.put("requestId", asked.id().toString());
        try {
            return written(
                    lines, new LinesChunk(route, handler, asked).answers(decoded(asked, lines)));
        } finally {
            MDC.remove("requestId");
        }
    }

    /** In the place of the input of a line that is none. */
    record Refused(Throwable why) {}

    /** For each line its input, or why it is {@link Refused}. */
    private List<Object> decoded(Asked asked, List<Line> lines) {
        return lines.stream().map(line -> decoded(asked, line)).toList();
    }

    private Object decoded(Asked asked, Line line) {
        if (line.tooLong()) {
            var max = route.spec.bodyMax();
            return new Refused(
                    StandardError.TOO_LARGE.because("a line has at most " + max + " bytes"));
        }
        try {
            return route.input(line.text(), asked.locale());
        } catch (Throwable e) {
            Fatal.rethrow(e);
            return new Refused(e);
        }
    }

    private static byte[] written(List<Line> lines, List<byte[]> answers) {
        var out = new ByteArrayOutputStream(lines.size() * 100);
        for (var i = 0; i < lines.size(); i++) {
            var answer = answers.get(i);
            var start = "{\"line\":" + lines.get(i).number() + (answer.length > 2 ? "," : "");
            out.writeBytes(start.getBytes(StandardCharsets.US_ASCII));
            out.write(answer, 1, answer.length - 1);
            out.write('\n');
        }
        return out.toByteArray();
    }

    static byte[] refused(Endpoint route, Asked asked, Throwable failure) {
        var body = new LinkedHashMap<String, Object>();
        body.put("status", "refused");
        body.put("problem", route.refusals.body(failure, asked.id(), asked.locale()));
        return route.replies.bytes(body);
    }
}
