package dev.kith.core.importer.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DelimitedReaderTest {

    private static final Shape COMMA = Shape.usual();
    private static final Shape BLANKS = shape("blanks", null);

    @Test
    void every_line_end_ends_a_row() throws IOException {
        assertThat(fields("a,b\nc,d\r\ne,f\rg,h", COMMA))
                .containsExactly(
                        List.of("a", "b"), List.of("c", "d"), List.of("e", "f"), List.of("g", "h"));
    }

    @Test
    void empty_lines_are_no_rows_but_count_as_lines() throws IOException {
        var rows = rows("a\n\n\r\nb\n", COMMA);

        assertThat(rows).extracting(Row::fields).containsExactly(List.of("a"), List.of("b"));
        assertThat(rows).extracting(Row::line).containsExactly(1L, 4L);
    }

    @Test
    void an_empty_file_has_no_rows() throws IOException {
        assertThat(rows("", COMMA)).isEmpty();
    }

    @Test
    void empty_fields_are_fields() throws IOException {
        assertThat(fields(",\na,\n,b\n\"\",\"\"", COMMA))
                .containsExactly(
                        List.of("", ""), List.of("a", ""), List.of("", "b"), List.of("", ""));
    }

    @Test
    void a_quoted_field_keeps_separators_quotes_and_line_ends() throws IOException {
        var rows = rows("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\r\nnext,1,2\r\n", COMMA);

        assertThat(rows.get(0).fields()).containsExactly("a,b", "say \"hi\"", "two\r\nlines");
        assertThat(rows.get(0).original()).isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"");
        assertThat(rows.get(1).line()).isEqualTo(3);
    }

    @Test
    void a_quote_inside_an_unquoted_field_is_a_letter() throws IOException {
        assertThat(fields("5\" pipe,b\"\n", COMMA)).containsExactly(List.of("5\" pipe", "b\""));
    }

    @Test
    void blanks_separate_however_many_there_are() throws IOException {
        assertThat(fields("  00001 19970101  1   11.77  \r\n\t00002\t19970112 1 12.00\r\n", BLANKS))
                .containsExactly(
                        List.of("00001", "19970101", "1", "11.77"),
                        List.of("00002", "19970112", "1", "12.00"));
    }

    @Test
    void blanks_can_be_quoted() throws IOException {
        assertThat(fields("\"New York\"  7", BLANKS)).containsExactly(List.of("New York", "7"));
    }

    @Test
    void any_separator_can_be_chosen() throws IOException {
        assertThat(fields("a;b,c", shape("semicolon", null))).containsExactly(List.of("a", "b,c"));
        assertThat(fields("a\tb c", shape("tab", null))).containsExactly(List.of("a", "b c"));
        assertThat(fields("a^b", shape("^", null))).containsExactly(List.of("a", "b"));
        assertThat(fields("'a,b',c", shape("comma", "'"))).containsExactly(List.of("a,b", "c"));
        assertThat(fields("\"a,b\"", shape("comma", "none")))
                .containsExactly(List.of("\"a", "b\""));
    }

    @Test
    void a_quote_that_is_never_closed_costs_one_row_only() throws IOException {
        var rows = rows("a,b\n\"c,d\ne,f\ng,h\n", COMMA);

        assertThat(rows).extracting(Row::line).containsExactly(1L, 2L, 3L, 4L);
        assertThat(rows.get(1).wrong()).isEqualTo("has a quote that is never closed");
        assertThat(rows.get(1).original()).isEqualTo("\"c,d");
        assertThat(rows.get(3).fields()).containsExactly("g", "h");
    }

    @Test
    void text_after_a_closing_quote_is_refused_and_reading_goes_on() throws IOException {
        var rows = rows("\"a\"x,b\nc,d\n", COMMA);

        assertThat(rows.get(0).wrong()).isEqualTo("has text after a closing quote");
        assertThat(rows.get(1).fields()).containsExactly("c", "d");
    }

    @Test
    void a_huge_line_is_refused_and_reading_goes_on() throws IOException {
        var huge = "x".repeat(3 * DelimitedReader.RECORD_MAX);

        var rows = rows("a," + huge + "\nb,c\n", COMMA);

        assertThat(rows.get(0).wrong()).startsWith("is longer than");
        assertThat(rows.get(0).original()).hasSize(DelimitedReader.RECORD_MAX);
        assertThat(rows.get(1).fields()).containsExactly("b", "c");
    }

    @Test
    void a_huge_quoted_field_over_many_lines_is_refused_and_memory_stays_bounded()
            throws IOException {
        var rows = rows("\"" + "x\n".repeat(5_000) + "\",a\nb,c\n", COMMA);

        assertThat(rows.getFirst().wrong()).isEqualTo("has a quote that is never closed");
        assertThat(rows.getLast().fields()).containsExactly("b", "c");
    }

    @Test
    void too_many_columns_are_refused() throws IOException {
        var rows = rows(",".repeat(DelimitedReader.FIELDS_MAX) + "\na,b\n", COMMA);

        assertThat(rows.get(0).wrong()).startsWith("has more than");
        assertThat(rows.get(1).fields()).containsExactly("a", "b");
    }

    static List<Row> rows(String text, Shape shape) throws IOException {
        var reader = new DelimitedReader(new StringReader(text), shape);
        var rows = new ArrayList<Row>();
        for (var row = reader.next(); row.isPresent(); row = reader.next()) {
            rows.add(row.get());
        }
        return rows;
    }

    private static List<List<String>> fields(String text, Shape shape) throws IOException {
        return rows(text, shape).stream().map(Row::fields).toList();
    }

    private static Shape shape(String delimiter, @Nullable String quote) {
        return new Shape(null, delimiter, quote, null, null);
    }
}
