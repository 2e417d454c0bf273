package dev.kith.core.call.lines;

import dev.kith.api.Crm;
import dev.kith.core.area.Call;
import dev.kith.core.area.Fatal;
import dev.kith.core.call.Asked;
import dev.kith.core.call.AskedRequest;
import dev.kith.core.call.Audit;
import dev.kith.core.call.Endpoint;
import dev.kith.core.database.Shards;
import dev.kith.core.database.Tx;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.input.QueryValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Some lines that were read together: prepared together, then committed shard by shard, because one
 * transaction over all shards would make every other writer wait for it.
 */
final class LinesChunk {

    /** The group of lines that belong to nobody, and so have no order. */
    private static final int NO_SHARD = -1;

    private final Endpoint route;
    private final Crm.Lines<Object, Object, Object> handler;
    private final Asked asked;
    private final QueryValues query;
    private @Nullable Throwable givenUp;

    LinesChunk(Endpoint route, Crm.Lines<Object, Object, Object> handler, Asked asked) {
        this.route = route;
        this.handler = handler;
        this.asked = asked;
        this.query = route.query(asked);
    }

    /**
     * @param inputs for each line its input, or why it is {@link LinesRoute.Refused}
     */
    List<byte[]> answers(List<Object> inputs) {
        var answers = new byte[inputs.size()][];
        var good = new ArrayList<Integer>();
        for (var i = 0; i < answers.length; i++) {
            if (inputs.get(i) instanceof LinesRoute.Refused refused) {
                answers[i] = LinesRoute.refused(route, asked, refused.why());
            } else {
                good.add(i);
            }
        }
        if (!good.isEmpty()) {
            prepare(inputs, good, answers);
        }
        return Arrays.asList(answers);
    }

    private void prepare(List<Object> inputs, List<Integer> at, byte[][] answers) {
        List<Crm.Prepared<Object>> prepared;
        try {
            prepared = prepared(at.stream().map(inputs::get).toList());
        } catch (Throwable e) {
            Fatal.rethrow(e);
            if (at.size() == 1 || away(e)) {
                at.forEach(i -> answers[i] = LinesRoute.refused(route, asked, e));
            } else {
                at.forEach(i -> prepare(inputs, List.of(i), answers));
            }
            return;
        }
        Map<Integer, List<Integer>> byShard = new TreeMap<>();
        for (var i = 0; i < at.size(); i++) {
            var line = prepared.get(i);
            if (line.refusal() != null) {
                answers[at.get(i)] = LinesRoute.refused(route, asked, line.refusal());
            } else {
                byShard.computeIfAbsent(shard(line), shard -> new ArrayList<>()).add(i);
            }
        }
        for (var group : byShard.values()) {
            var places = group.stream().map(at::get).toList();
            apply(group.stream().map(i -> line(prepared.get(i))).toList(), places, answers);
        }
    }

    private static Object line(Crm.Prepared<Object> prepared) {
        return Objects.requireNonNull(prepared.line());
    }

    private List<Crm.Prepared<Object>> prepared(List<Object> inputs) {
        var cause = asked.principal().cause(asked.id());
        return route.work.read(
                route.area,
                cause,
                reading -> {
                    var request = new AskedRequest(asked, query, reading, route.spec.status());
                    return same(inputs, handler.prepare(reading, request, inputs));
                });
    }

    private static int shard(Crm.Prepared<Object> line) {
        var customer = line.customer();
        return customer == null ? NO_SHARD : Shards.of(customer.value());
    }

    private void apply(List<Object> lines, List<Integer> places, byte[][] answers) {
        try {
            if (givenUp != null) {
                throw givenUp;
            }
            var cause = asked.principal().cause(asked.id());
            var done = route.work.write(route.area, cause, tx -> once(tx, lines));
            for (var i = 0; i < done.size(); i++) {
                answers[places.get(i)] = done.get(i);
            }
        } catch (Throwable e) {
            Fatal.rethrow(e);
            if (lines.size() == 1 || away(e)) {
                places.forEach(place -> answers[place] = LinesRoute.refused(route, asked, e));
                return;
            }
            IntStream.range(0, lines.size())
                    .forEach(i -> apply(List.of(lines.get(i)), List.of(places.get(i)), answers));
        }
    }

    private List<byte[]> once(Tx tx, List<Object> lines) {
        tx.worksOn(lines.size());
        var request = new AskedRequest(asked, query, tx, route.spec.status());
        var outs = same(lines, handler.apply(tx, request, lines));
        var detail = route.area.json().write(Map.of("lines", lines.size()));
        var action = route.spec.method() + " " + route.spec.path();
        Audit.record(tx, asked, action, asked.path(), null, detail);
        return outs.stream().map(this::bytes).toList();
    }

    private byte[] bytes(Crm.Applied<Object> applied) {
        return applied.refusal() == null
                ? route.replies.bytes(Objects.requireNonNull(applied.answer()))
                : LinesRoute.refused(route, asked, applied.refusal());
    }

    /** Whether there is no sense in trying line by line: each would wait and fail, or be too late. */
    private boolean away(Throwable e) {
        if (Call.isLate() || SqlFailure.transientFault(e) && !SqlFailure.worthRepeating(e)) {
            givenUp = e;
            return true;
        }
        return false;
    }

    private static <T> List<T> same(List<?> asked, List<T> given) {
        if (asked.size() != given.size()) {
            throw new IllegalStateException(
                    "%d lines were answered for %d".formatted(given.size(), asked.size()));
        }
        return given;
    }
}
