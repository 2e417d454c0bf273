package dev.kith.core.importer.text;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against another reader, and against what was written. The seed is in every message. */
class DelimitedReaderPropertyTest {

    private static final int ROUNDS = 2_000;
    private static final String[] LINE_ENDS = {"\n", "\r\n", "\r"};
    private static final String[] PIECES = {
        "a", "é", "张伟", "😀", " ", "\"", ",", ";", "\n", "\r\n", "'", "0", "\t", "\\", ""
    };

    @Test
    void what_was_written_is_read_again() throws IOException {
        for (var seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            var written = table(random);

            var read = DelimitedReaderTest.rows(csv(written, random), Shape.usual());

            assertThat(read).as("seed %d", seed).noneMatch(Row::isWrong);
            assertThat(read).as("seed %d", seed).extracting(Row::fields).isEqualTo(written);
        }
    }

    @Test
    void well_formed_text_is_read_as_fastcsv_reads_it() throws IOException {
        for (var seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            var text = csv(table(random), random);

            var rows = DelimitedReaderTest.rows(text, Shape.usual());

            try (var other =
                    CsvReader.builder()
                            .commentStrategy(CommentStrategy.NONE)
                            .ofCsvRecord(new StringReader(text))) {
                var records = other.stream().toList();
                assertThat(rows)
                        .as("seed %d", seed)
                        .extracting(Row::fields)
                        .isEqualTo(records.stream().map(r -> r.getFields()).toList());
                assertThat(rows)
                        .as("seed %d", seed)
                        .extracting(Row::line)
                        .isEqualTo(records.stream().map(r -> r.getStartingLineNumber()).toList());
            }
        }
    }

    @Test
    void no_text_makes_the_reader_fail_or_lose_a_line() throws IOException {
        for (var seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            var text = cell(random, 60);

            var rows = DelimitedReaderTest.rows(text, Shape.usual());

            var shown = new StringBuilder();
            rows.forEach(row -> shown.append(row.original()));
            assertThat(shown.toString().replaceAll("[\r\n]", ""))
                    .as("seed %d", seed)
                    .isEqualTo(text.replaceAll("[\r\n]", ""));
        }
    }

    private static List<List<String>> table(Random random) {
        var columns = 1 + random.nextInt(5);
        return IntStream.range(0, 1 + random.nextInt(8))
                .mapToObj(r -> IntStream.range(0, columns).mapToObj(c -> cell(random, 6)).toList())
                // A row of one empty column is an empty line, which is no row.
                .filter(row -> row.size() > 1 || !row.getFirst().isEmpty())
                .toList();
    }

    private static String cell(Random random, int most) {
        var cell = new StringBuilder();
        for (var i = random.nextInt(most + 1); i > 0; i--) {
            cell.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return cell.toString();
    }

    private static String csv(List<List<String>> table, Random random) {
        var text = new StringBuilder();
        var end = LINE_ENDS[random.nextInt(LINE_ENDS.length)];
        for (var row : table) {
            var separator = "";
            for (var field : row) {
                text.append(separator).append(written(field, random));
                separator = ",";
            }
            text.append(end);
        }
        if (random.nextBoolean() && !table.isEmpty()) {
            text.setLength(text.length() - end.length());
        }
        return text.toString();
    }

    private static String written(String field, Random random) {
        var needed = field.matches("(?s).*[,\"\r\n].*");
        return needed || random.nextInt(4) == 0 ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
