package dev.kith.places;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kith.api.CustomerId;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** A day of traffic, after which nobody can say where anybody was but for the fences. */
final class NothingKeptTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    /** Digits that stand in every coordinate of this test, and nowhere else. */
    private static final String MARK = "8675309";

    private final Ground ground = new Ground(crm);
    private final Random random = new Random(7);

    @Test
    void no_coordinate_of_anybody_is_in_the_database_or_the_logs_after_a_day() {
        var log = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        var before = root.getLevel();
        root.setLevel(Level.DEBUG);
        try {
            aDay();
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
        }
        assertThat(crm.published("place.entered")).isNotEmpty();
        for (var schema : List.of("kith", "places")) {
            Rows.of(crm, schema)
                    .forEach((table, rows) ->
                            assertThat(rows).as("%s.%s", schema, table).doesNotContain(MARK));
        }
        var logged = List.copyOf(log.list).stream().map(NothingKeptTest::text).toList();
        assertThat(logged).isNotEmpty().noneMatch(line -> line.contains(MARK));
    }

    private static String text(ILoggingEvent event) {
        var thrown = event.getThrowableProxy();
        return event.getFormattedMessage() + (thrown == null ? "" : thrown.getMessage());
    }

    private void aDay() {
        ground.circle("Around the shop", 300);
        var people = new ArrayList<CustomerId>();
        for (var i = 0; i < 6; i++) {
            people.add(ground.consenting());
        }
        people.add(crm.customer());
        for (var hour = 0; hour < 24; hour++) {
            var lines = new ArrayList<String>();
            for (var person : people) {
                lines.add(observation(person));
            }
            lines.add(observation(people.getFirst()).replace("}", ",\"lot\":1}"));
            crm.admin()
                    .with("Content-Type", "application/x-ndjson")
                    .post("/places/observations", String.join("\n", lines))
                    .expect(200);
            single(people.getFirst());
            crm.passes(Duration.ofHours(1));
        }
    }

    /** One by one, with a key that keeps the answer, and some that are refused. */
    private void single(CustomerId person) {
        var key = "day-" + random.nextInt();
        var one = observation(person);
        crm.admin().with("Idempotency-Key", key).post("/places/observations", one).expect(200);
        crm.admin().with("Idempotency-Key", key).post("/places/observations", one).expect(200);
        crm.admin().post("/places/observations", one.replace("30.", "130.")).expect(400);
        var position = "{\"lat\":30.24%s,\"lon\":120.15%s}".formatted(MARK, MARK);
        crm.admin().with("Idempotency-Key", key + "l").post("/places/locate", position).expect(200);
    }

    private String observation(CustomerId person) {
        var near = random.nextBoolean();
        return crm.node()
                .core()
                .json()
                .write(
                        Map.of(
                                "customerId",
                                person,
                                "lat",
                                new java.math.BigDecimal((near ? "30.243" : "30.264") + MARK),
                                "lon",
                                new java.math.BigDecimal("120.155" + MARK),
                                "accuracyMeters",
                                10,
                                "observedAt",
                                ground.at(Duration.ofSeconds(random.nextInt(50)))));
    }
}
