package dev.kith.surveys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The reference values were computed by other people's code: see intervals/reference.py. */
final class SharesTest {

    private static final Offset<Double> EXACT = within(1e-9);

    @Test
    void a_share_has_the_interval_that_statsmodels_and_scipy_give_it() {
        var rows = rows("/intervals/wilson.csv");
        assertThat(rows).hasSizeGreaterThan(50);
        for (var row : rows) {
            var share = Shares.wilson(Long.parseLong(row[0]), Long.parseLong(row[1]));
            assertThat(share.low()).as(String.join(",", row)).isEqualTo(number(row[2]), EXACT);
            assertThat(share.high()).as(String.join(",", row)).isEqualTo(number(row[3]), EXACT);
        }
    }

    @Test
    void a_net_promoter_score_has_the_adjusted_wald_interval() {
        var rows = rows("/intervals/nps.csv");
        assertThat(rows).hasSizeGreaterThan(40);
        for (var row : rows) {
            var nps =
                    Shares.nps(
                            Long.parseLong(row[0]), Long.parseLong(row[1]), Long.parseLong(row[2]));
            assertThat(nps.score()).as(String.join(",", row)).isEqualTo(number(row[3]), EXACT);
            assertThat(nps.low()).as(String.join(",", row)).isEqualTo(number(row[4]), EXACT);
            assertThat(nps.high()).as(String.join(",", row)).isEqualTo(number(row[5]), EXACT);
        }
    }

    @Test
    void an_interval_holds_what_was_measured_and_stays_within_what_can_be() {
        for (var n = 1; n <= 60; n++) {
            for (var k = 0; k <= n; k++) {
                var share = Shares.wilson(k, n);
                assertThat(share.share()).isBetween(share.low(), share.high());
                assertThat(share.low()).isBetween(0.0, 1.0);
                assertThat(share.high()).isBetween(0.0, 1.0);
                assertThat(Shares.nps(k, 0, n - k + 1).low()).isGreaterThanOrEqualTo(-100);
                assertThat(Shares.nps(k + 1, 0, n - k).high()).isLessThanOrEqualTo(100);
            }
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    /** Without the line that says what computed them, and the header. */
    private static List<String[]> rows(String file) {
        var in = Objects.requireNonNull(SharesTest.class.getResourceAsStream(file));
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().skip(2).map(line -> line.split(",", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
