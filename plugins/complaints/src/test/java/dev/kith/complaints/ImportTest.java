package dev.kith.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.Transaction;
import dev.kith.complaints.Case.Draft;
import dev.kith.complaints.Case.Severity;
import dev.kith.complaints.ComplaintsConfig.Target;
import dev.kith.complaints.ComplaintsConfig.Targets;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cases of the past that come in while others do. */
final class ImportTest {

    private static final Pattern RECEIPT = Pattern.compile("C-(\\d+)");
    private static final String WAITING = "select 1 from pg_locks where not granted";
    private static final Target TARGET = new Target(Duration.ofHours(8), Duration.ofHours(40));

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private final Intake intake =
            new Intake(
                    new ComplaintsConfig(
                            "standard",
                            new Targets(TARGET, TARGET, TARGET, TARGET),
                            Duration.ofDays(180)),
                    new Calendars(),
                    ComplaintsPlugin.BACKDATE);

    @Test
    void a_reference_that_somebody_else_takes_meanwhile_costs_its_line_alone() throws Exception {
        var running = new ArrayList<Future<String>>();
        try (var threads = Executors.newSingleThreadExecutor()) {
            crm.inTransaction(tx -> {
                intake.receive(tx, new Intake.Wanted(draft("taken"), null));
                running.add(imports(threads, List.of("first", "taken", "last")));
                untilItWaits(tx);
            });
            assertThat(running.getFirst().get().lines())
                    .satisfiesExactly(
                            first -> assertThat(first).contains("\"status\":\"recorded\""),
                            clash -> assertThat(clash).contains("\"status\":\"duplicate\""),
                            last -> assertThat(last).contains("\"status\":\"recorded\""));
        }
        for (var reference : List.of("first", "taken", "last")) {
            assertThat(new Desk(crm).lists("reference=" + reference).json().get("items"))
                    .hasSize(1);
        }
        assertThat(crm.published("complaint.received")).hasSize(3);
    }

    @Test
    void lines_that_nothing_clashes_with_are_taken_together() throws Exception {
        try (var threads = Executors.newSingleThreadExecutor()) {
            var before = number(imports(threads, List.of("one")).get());
            // Numbers are not given back: a second attempt would have had others.
            assertThat(imports(threads, List.of("two", "three", "four")).get().lines())
                    .extracting(ImportTest::number)
                    .containsExactly(before + 1, before + 2, before + 3);
        }
    }

    private static int number(String line) {
        var receipt = RECEIPT.matcher(line);
        assertThat(receipt.find()).isTrue();
        return Integer.parseInt(receipt.group(1));
    }

    private static Future<String> imports(ExecutorService threads, List<String> references) {
        var customer = "\"customerId\": \"%s\",".formatted(crm.customer());
        var lines =
                references.stream()
                        .map(reference ->
                                """
                                {"channel": "web", "subject":"x", "text":"x", %s "reference": "%s"}\
                                """
                                        .formatted(customer, reference))
                        .toList();
        return threads.submit(() ->
                crm.as("complaints:backdate", "complaints:write")
                        .with("Content-Type", "application/x-ndjson")
                        .post("/complaints/cases/import", String.join("\n", lines))
                        .expect(200)
                        .body());
    }

    private static void untilItWaits(Transaction tx) {
        while (tx.sql().fetch(WAITING).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static Draft draft(String reference) {
        return new Draft(
                Case.Channel.PHONE,
                "Late",
                "It came two weeks late.",
                Severity.NORMAL,
                null,
                null,
                null,
                null,
                null,
                reference,
                null,
                null,
                List.of());
    }
}
