package dev.kith.core.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.core.importer.text.ImportFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportDryRunTest {

    private static final Path CDNOW = Path.of("../config/mappings/cdnow.yaml");

    private static final String ORDERS =
            """
            file: {delimiter: semicolon}
            zone: Asia/Shanghai
            customer:
              source: shop
              id: ${kunde}
            events:
              - topic: purchase.completed
                when: {"${art}": "K"}
                key: ${nr}
                occurredAt: ${wann | time dd.MM.yyyy HH:mm}
                data:
                  orderId: ${nr}
                  channel: ${kanal}
                  amount: ${summe | decimalComma | money EUR}
              - topic: purchase.refunded
                when: {"${art}": "R"}
                key: ${nr}
                data: {refundId: "${nr}", amount: "${summe | decimalComma | negate | money EUR}"}
            """;

    @TempDir Path dir;
    private Path mapping = Path.of("");

    @BeforeEach
    void writeMapping() throws IOException {
        mapping = Files.writeString(dir.resolve("orders.yaml"), ORDERS);
    }

    @Test
    void the_published_figures_of_cdnow_come_out() {
        var file = SharedData.path("01_customers_orders/cdnow_master.txt.gz");

        var summary = dryRun(file, CDNOW);

        assertThat(summary.rows()).isEqualTo(69_659);
        assertThat(summary.customers()).isEqualTo(23_570);
        assertThat(summary.eventsRecorded()).isEqualTo(69_659);
        assertThat(summary.rejects()).isZero();
        assertThat(summary.totals()).isEqualTo(Map.of("USD", new BigDecimal("2500315.63")));
    }

    @Test
    void the_shipped_mapping_fits_a_file_like_the_published_one() throws IOException {
        var file =
                file(
                        " customer_id date number_of_cds dollar_value\r\n"
                                + " 00001 19970101  1   11.77\r\n"
                                + " 00002 19970112  1   12.00\r\n"
                                + " 00002 19970112  5   77.00\r\n");

        var summary = dryRun(file, CDNOW);

        assertThat(summary.rows()).isEqualTo(3);
        assertThat(summary.customers()).isEqualTo(2);
        assertThat(summary.totals()).isEqualTo(Map.of("USD", new BigDecimal("100.77")));
    }

    @Test
    void rows_that_cannot_mean_anything_go_to_the_rejects_with_line_and_reason()
            throws IOException {
        var file =
                file(
                        """
                        kunde;art;nr;wann;kanal;summe
                        7;K;A1;31.12.2025 10:00;web;1.234,50
                        7;R;A2;01.01.2026 10:00;;-34,50
                        8;K;A3;31.02.2026 10:00;web;1,00
                        8;K;A4;01.02.2026 10:00;web;1,005
                        ;K;A5;01.02.2026 10:00;web;1,00
                        9;K;A6
                        9;K;A7;01.02.2026 10:00;"web;1,00
                        9;K;A8;01.02.2026 10:00;web;zwei
                        """);

        var summary = dryRun(file, mapping);

        assertThat(summary.rows()).isEqualTo(8);
        assertThat(summary.eventsRecorded()).isEqualTo(2);
        assertThat(summary.totals()).isEqualTo(Map.of("EUR", new BigDecimal("1269.00")));
        assertThat(summary.rejects()).isEqualTo(6);
        assertThat(summary.customers()).isEqualTo(1);
        assertThat(Files.readAllLines(summary.rejectsFile()))
                .containsExactly(
                        "line,reason,original",
                        "4,\"\"\"31.02.2026 10:00\"\" is no time like dd.MM.yyyy HH:mm\","
                                + "\"8;K;A3;31.02.2026 10:00;web;1,00\"",
                        "5,\"amount: \"\"1.005\"\" has more decimals than EUR\","
                                + "\"8;K;A4;01.02.2026 10:00;web;1,005\"",
                        "6,\"the customer's id is empty\",\";K;A5;01.02.2026 10:00;web;1,00\"",
                        "7,\"has 3 columns instead of 6\",\"9;K;A6\"",
                        "8,\"has a quote that is never closed\","
                                + "\"9;K;A7;01.02.2026 10:00;\"\"web;1,00\"",
                        "9,\"amount: \"\"zwei\"\" is no number\","
                                + "\"9;K;A8;01.02.2026 10:00;web;zwei\"");
    }

    @Test
    void a_mapping_that_does_not_fit_the_file_names_every_place() throws IOException {
        var file = file("kunde;art;nummer;wann;kanal;sume\n7;K;A1;x;web;1\n");

        assertThatThrownBy(() -> dryRun(file, mapping))
                .isInstanceOf(ImportFailure.class)
                .hasMessageContaining("events.0.key: the file has no column nr")
                .hasMessageContaining("events.0.data.amount: the file has no column summe; did you")
                .hasMessageContaining("events.1.data.refundId: ");
    }

    @Test
    void a_mapping_with_an_unknown_name_is_refused_with_its_line() throws IOException {
        var wrong = Files.writeString(mapping, "events:\n  - topic: a.b\n    ocurredAt: x\n");

        assertThatThrownBy(() -> dryRun(file("a\nb\n"), wrong))
                .isInstanceOf(ImportFailure.class)
                .hasMessageContaining("orders.yaml:3")
                .hasMessageContaining("did you mean occurredAt?");
    }

    @Test
    void why_a_row_is_left_out_is_said_in_the_language_of_whoever_imports() throws IOException {
        var simple =
                Files.writeString(mapping, "events: [{topic: a.b, data: {n: '${n | number}'}}]");
        var before = Locale.getDefault();
        Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
        try {
            var rejects = dryRun(file("n\nzwei\n1,2\n"), simple).rejectsFile();

            assertThat(Files.readAllLines(rejects))
                    .containsExactly(
                            "line,reason,original",
                            "2,\"n: “zwei”不是数字\",\"zwei\"",
                            "3,\"有 2 列，应为 1 列\",\"1,2\"");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void columns_can_be_numbered_where_there_is_no_header() throws IOException {
        var numbered =
                Files.writeString(
                        mapping,
                        """
                        file: {header: false, delimiter: tab}
                        customer: {source: s, id: "${1}", fields: {name: "${2}"}}
                        """);

        var summary = dryRun(file("1\tAnn\n2\tBob\n1\tAnn\n"), numbered);

        assertThat(summary.rows()).isEqualTo(3);
        assertThat(summary.customers()).isEqualTo(2);
    }

    @Test
    void rows_before_the_line_to_start_from_are_passed_over() throws IOException {
        var file =
                file(
                        "kunde;art;nr;wann;kanal;summe\n"
                                + "7;K;A;01.01.2026 10:00;w;1,00\n".repeat(9));

        var summary = new Import(plan(file, mapping, 8), Optional.empty()).run(Progress.none());

        assertThat(summary.rows()).isEqualTo(3);
    }

    @Test
    void going_on_from_a_later_line_keeps_the_rejects_before_it() throws IOException {
        var file =
                file(
                        """
                        kunde;art;nr;wann;kanal;summe
                        7;K;A1;never;web;1,00
                        7;K;A2;01.01.2026 10:00;web;1,00
                        7;K;A3;never;web;1,00
                        """);
        dryRun(file, mapping);

        var summary = new Import(plan(file, mapping, 4), Optional.empty()).run(Progress.none());

        assertThat(
                        Files.readAllLines(summary.rejectsFile()).stream()
                                .map(l -> l.substring(0, l.indexOf(','))))
                .containsExactly("line", "2", "4", "4");
    }

    @Test
    void an_empty_file_is_no_error() throws IOException {
        assertThat(dryRun(file(""), mapping).rows()).isZero();
    }

    private Summary dryRun(Path file, Path by) {
        return new Import(plan(file, by, 0), Optional.empty()).run(Progress.none());
    }

    private Import.Plan plan(Path file, Path by, long fromLine) {
        return new Import.Plan(
                file,
                by,
                dir.resolve("rejects.csv"),
                Optional.empty(),
                Optional.empty(),
                fromLine,
                Duration.ZERO,
                ZoneId.of("UTC"));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(dir.resolve("orders.csv"), text);
    }
}
