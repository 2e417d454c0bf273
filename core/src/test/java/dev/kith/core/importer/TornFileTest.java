package dev.kith.core.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.kith.core.importer.text.ImportFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compressed file that was cut off: whole rows before that are imported, all of them. */
class TornFileTest {

    /** As the guide to mappings promises. */
    private static final int GROUP_STAYS_OPEN_ROWS = 1_000;

    private static final int ROWS = 20_000;

    private static final String VISITS =
            """
            customer: {source: door, id: "${who}"}
            events: [{topic: visit.made, data: {note: "${note}"}}]
            """;

    private static final String GROUPED =
            """
            customer: {source: door, id: "${who}"}
            events: [{topic: visit.made, key: "${who}", group: {by: "${who}"}}]
            """;

    @TempDir Path dir;
    private final AtomicInteger recorded = new AtomicInteger();
    @AutoClose private final FakeServer server = new FakeServer(this::handle);

    @Test
    void every_whole_row_before_the_damage_is_imported() throws IOException {
        var torn = torn();
        var rows = wholeLines(torn) - 1;

        var importing = importing(torn, VISITS, true);
        var failure =
                catchThrowableOfType(ImportFailure.class, () -> importing.run(Progress.none()));

        assertThat(recorded).hasValue(rows);
        assertThat(importing.summary().eventsRecorded()).isEqualTo(rows);
        assertThat(failure)
                .hasMessageEndingWith(
                        "damaged; what came before line %d is imported".formatted(rows + 2));
    }

    @Test
    void a_dry_run_reads_as_far() throws IOException {
        var torn = torn();
        var importing = importing(torn, VISITS, false);

        assertThatThrownBy(() -> importing.run(Progress.none()))
                .isInstanceOf(ImportFailure.class)
                .hasMessageEndingWith("is read");
        assertThat(importing.summary().rows()).isEqualTo(wholeLines(torn) - 1);
    }

    @Test
    void a_group_that_may_lack_rows_is_not_imported_and_its_line_is_told() throws IOException {
        var torn = torn();
        var failure =
                catchThrowableOfType(
                        ImportFailure.class,
                        () -> importing(torn, GROUPED, true).run(Progress.none()));

        var closed = wholeLines(torn) - 1 - GROUP_STAYS_OPEN_ROWS;
        assertThat(recorded.get()).isBetween(closed - 2, closed + 2);
        assertThat(failure).hasMessageContaining("before line " + (recorded.get() + 2) + " ");
    }

    private Import importing(byte[] file, String mapping, boolean really) throws IOException {
        var plan =
                new Import.Plan(
                        Files.write(dir.resolve("visits.csv.gz"), file),
                        Files.writeString(dir.resolve("visits.yaml"), mapping),
                        dir.resolve("rejects.csv"),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Duration.ofSeconds(5),
                        ZoneOffset.UTC);
        var remote = server.remote();
        return new Import(plan, Optional.of(remote).filter(r -> really));
    }

    private static byte[] torn() throws IOException {
        var random = new Random(7);
        var text = new StringBuilder("who,note\n");
        for (var row = 0; row < ROWS; row++) {
            text.append(row).append(',').append(Long.toHexString(random.nextLong())).append('\n');
        }
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
    }

    private static int wholeLines(byte[] torn) throws IOException {
        var lines = 0;
        try (var in = new GZIPInputStream(new ByteArrayInputStream(torn))) {
            for (var read = in.read(); read >= 0; read = in.read()) {
                lines += read == '\n' ? 1 : 0;
            }
        } catch (EOFException e) {
            return lines;
        }
        throw new IllegalStateException("it is whole");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var lines = (int) body.lines().count();
            recorded.addAndGet(lines);
            exchange.sendResponseHeaders(200, 0);
            var answer = "{\"status\": \"recorded\"}\n".repeat(lines);
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
        }
    }
}
