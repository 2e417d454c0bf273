package dev.kith.complaints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.testkit.TestCrm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Half a year of the 311 calls of Boston, with the city's own verdict on each: on time or overdue.
 * The verdict is not imported; ours must be the same. Every eighth call is enough to notice a clock
 * that is wrong; {@code -Dkith.boston.every=1} takes them all, in some minutes.
 */
final class BostonTest {

    private static final String FILE = "data/02_complaints/boston_311_2015_jan-jun.csv.gz";
    private static final int EVERY = Integer.getInteger("kith.boston.every", 8);
    private static final int ON_TIME = 27_295;
    private static final int OVERDUE = 9_962;
    private static final int LINES_PER_CALL = 2_000;

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    /** The city's verdict by the city's number, of closed cases with a target. */
    private static final Map<String, String> CITY = new HashMap<>();

    private static int rows;
    private static int taken;

    @BeforeAll
    static void the_file_is_imported() {
        var file = Path.of(System.getProperty("kith.shared", "."), FILE);
        assumeTrue(Files.exists(file), () -> file + " is not there");
        var lines = new ArrayList<String>();
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            for (var call : Boston311.read(in)) {
                if (rows++ % EVERY != 0) {
                    continue;
                }
                taken++;
                if (call.isJudged()) {
                    CITY.put(call.number(), call.verdict());
                }
                lines.add(json(call.asCase()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var from = 0; from < lines.size(); from += LINES_PER_CALL) {
            send(lines.subList(from, Math.min(lines.size(), from + LINES_PER_CALL)));
        }
    }

    private static void send(List<String> lines) {
        var answer =
                crm.as("complaints:backdate")
                        .with("Content-Type", "application/x-ndjson")
                        .post("/complaints/cases/import", String.join("\n", lines))
                        .expect(200);
        assertThat(answer.body().lines())
                .hasSize(lines.size())
                .allMatch(line -> line.contains("recorded"));
    }

    @Test
    void our_verdict_on_every_judged_case_is_the_citys() {
        var ours = new HashMap<String, String>();
        var cases = 0;
        @Nullable String next = "";
        do {
            var page =
                    crm.as("complaints:read")
                            .get("/complaints/cases?limit=200" + next)
                            .expect(200)
                            .json();
            for (var each : page.get("items")) {
                cases++;
                if (CITY.containsKey(each.get("reference").asText())) {
                    ours.put(
                            each.get("reference").asText(),
                            verdict(each.at("/resolution/state").asText()));
                }
            }
            next = page.get("next").isNull() ? null : "&after=" + page.get("next").asText();
        } while (next != null);
        assertThat(cases).isGreaterThanOrEqualTo(taken);
        assertThat(ours).isEqualTo(CITY).containsValues("ONTIME", "OVERDUE");
        if (EVERY == 1) {
            assertThat(ours.values().stream().filter("ONTIME"::equals)).hasSize(ON_TIME);
            assertThat(ours.values().stream().filter("OVERDUE"::equals)).hasSize(OVERDUE);
        }
    }

    private static String verdict(String state) {
        return switch (state) {
            case "met" -> "ONTIME";
            case "breached" -> "OVERDUE";
            default -> state;
        };
    }

    @Test
    void the_same_file_again_makes_no_case_twice() {
        var call =
                new Boston311.Call(
                        "again",
                        "Noise",
                        "All night",
                        "north",
                        "Twitter",
                        crm.now().minusSeconds(60),
                        null,
                        null,
                        "");
        var line = json(call.asCase());
        send(List.of(line));
        var again =
                crm.as("complaints:backdate")
                        .with("Content-Type", "application/x-ndjson")
                        .post("/complaints/cases/import", line)
                        .expect(200);
        assertThat(again.body()).contains("duplicate");
    }

    private static String json(Map<String, Object> value) {
        try {
            return new JsonMapper().writeValueAsString(value);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
