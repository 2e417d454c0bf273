package dev.kith.core.importer.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.kith.core.importer.SharedData;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files others made to break readers, where they are at hand. */
class TortureTest {

    private static final int BLOCK = 512;

    @TempDir Path dir;

    @Test
    void csv_spectrum_is_read_as_it_says() throws IOException {
        var files = untar("csv-spectrum.tar.gz");
        for (var name : files.keySet()) {
            if (!name.endsWith(".csv")) {
                continue;
            }
            var json = files.get(name.replace("/csvs/", "/json/").replace(".csv", ".json"));

            var rows = rows(files.get(name), Shape.usual());

            if (name.contains("location_coordinates")) {
                // Its answer is of another file: the quotes and the foreign letters are the point.
                assertThat(rows.get(1).fields().get(1))
                        .isEqualTo("37\uFFFD36'37.8\"N 121\uFFFD2'17.9\"W");
                continue;
            }
            // The files called crlf hold plain LF in the archive, but their answers hold CRLF.
            assertThat(objects(rows).toString().replace("\\r\\n", "\\n"))
                    .as(name)
                    .isEqualTo(new JsonMapper().readTree(json).toString().replace("\\r\\n", "\\n"));
        }
    }

    @Test
    void what_qsv_is_tested_with_is_read_as_fastcsv_reads_it() throws IOException {
        for (var file : untar("qsv_csv_torture.tar.gz").entrySet()) {
            var separator = separator(file.getKey());
            if (separator.isEmpty()) {
                continue;
            }
            var shape = new Shape(null, separator, null, null, null);

            var rows = rows(file.getValue(), shape);

            var good = rows.stream().filter(row -> !row.isWrong()).map(Row::fields).toList();
            if (good.size() == rows.size()) {
                assertThat(good).as(file.getKey()).isEqualTo(fastcsv(file.getValue(), shape));
            }
            assertThat(good).as(file.getKey()).isNotEmpty();
        }
    }

    @Test
    void what_is_no_text_at_all_is_refused_or_rejected_but_breaks_nothing() throws IOException {
        for (var file : untar("qsv_csv_torture.tar.gz").entrySet()) {
            assertThatCode(
                            () -> {
                                try {
                                    rows(file.getValue(), Shape.usual());
                                } catch (ImportFailure e) {
                                    assertThat(e).hasMessageContaining("charset");
                                }
                            })
                    .as(file.getKey())
                    .doesNotThrowAnyException();
        }
    }

    private static String separator(String name) {
        var plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
            case "csv" -> "comma";
            case "tsv", "tab" -> "tab";
            case "ssv" -> "semicolon";
            default -> "";
        };
    }

    private List<Row> rows(byte[] bytes, Shape shape) throws IOException {
        return DelimitedReaderTest.rows(text(bytes), shape);
    }

    private String text(byte[] bytes) throws IOException {
        var path = Files.write(dir.resolve("file"), bytes);
        var text = new StringWriter();
        try (var file = TextFile.open(path, Optional.empty())) {
            file.reader().transferTo(text);
        }
        return text.toString();
    }

    private List<List<String>> fastcsv(byte[] bytes, Shape shape) throws IOException {
        try (var reader =
                CsvReader.builder()
                        .fieldSeparator(shape.separator())
                        .commentStrategy(CommentStrategy.NONE)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(new StringReader(text(bytes)))) {
            return reader.stream().map(r -> r.getFields()).toList();
        }
    }

    private static JsonNode objects(List<Row> rows) {
        var objects = new JsonMapper().createArrayNode();
        for (var row : rows.subList(1, rows.size())) {
            var object = objects.addObject();
            for (var i = 0; i < row.fields().size(); i++) {
                object.put(rows.getFirst().fields().get(i), row.fields().get(i));
            }
        }
        return objects;
    }

    private static Map<String, byte[]> untar(String name) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (var in =
                new DataInputStream(
                        new GZIPInputStream(
                                Files.newInputStream(SharedData.path("08_nasty/" + name))))) {
            var header = in.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                var size = Integer.parseInt(field(header, 124, 12), 8);
                var content = in.readNBytes(size);
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                if (header[156] == '0') {
                    files.put(field(header, 0, 100), content);
                }
                header = in.readNBytes(BLOCK);
            }
        }
        return files;
    }

    private static String field(byte[] header, int from, int length) {
        var text = new String(header, from, length, StandardCharsets.UTF_8);
        var end = text.indexOf('\0');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }
}
