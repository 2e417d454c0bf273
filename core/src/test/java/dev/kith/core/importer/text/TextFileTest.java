package dev.kith.core.importer.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {

    private static final String TEXT = "id,名字\n1,张伟\n2,Renée 😀\n";

    @TempDir Path dir;

    @Test
    void utf_8_is_recognised() throws IOException {
        assertThat(read(TEXT.getBytes(StandardCharsets.UTF_8))).isEqualTo(TEXT);
    }

    @Test
    void a_byte_order_mark_is_no_text() throws IOException {
        assertThat(read(("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_8))).isEqualTo(TEXT);
        assertThat(read(("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_16LE))).isEqualTo(TEXT);
        assertThat(read(("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_16BE))).isEqualTo(TEXT);
        assertThat(read(("\uFEFF" + TEXT).getBytes(Encoding.GB18030))).isEqualTo(TEXT);
    }

    @Test
    void gb18030_is_recognised_even_if_the_first_foreign_letter_comes_late() throws IOException {
        var late = "1,plain ascii\n".repeat(50_000) + TEXT;

        assertThat(read(late.getBytes(Encoding.GB18030))).isEqualTo(late);
    }

    @Test
    void a_charset_that_is_named_is_not_guessed() throws IOException {
        var latin = Charset.forName("ISO-8859-1");
        var file = Files.write(dir.resolve("latin.csv"), "Ren\u00e9e".getBytes(latin));

        assertThat(read(file, Optional.of(latin))).isEqualTo("Ren\u00e9e");
    }

    @Test
    void bytes_that_are_no_text_ask_for_a_charset() throws IOException {
        var file = Files.write(dir.resolve("x"), new byte[] {'a', (byte) 0xFF, (byte) 0xFF, 'b'});

        assertThatThrownBy(() -> TextFile.open(file, Optional.empty()))
                .isInstanceOf(ImportFailure.class)
                .hasMessageContaining("--charset");
    }

    @Test
    void a_row_with_bytes_that_are_no_text_is_refused_and_the_others_are_read() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("id,name\n1,ok \uFFFD\n2,".getBytes(StandardCharsets.UTF_8));
        bytes.write(0xB5);
        bytes.writeBytes("\n3,ok\n".getBytes(StandardCharsets.UTF_8));
        var path = Files.write(dir.resolve("mixed.csv"), bytes.toByteArray());

        try (var file = TextFile.open(path, Optional.of(StandardCharsets.UTF_8))) {
            var reader = new DelimitedReader(file.reader(), Shape.usual());
            reader.next();
            assertThat(reader.next()).hasValueSatisfying(row -> assertThat(row.wrong()).isEmpty());
            assertThat(reader.next())
                    .hasValueSatisfying(row -> {
                        assertThat(row.wrong()).contains("no text");
                        assertThat(row.original()).isEqualTo("2,\uFFFD");
                    });
            assertThat(reader.next()).hasValueSatisfying(row -> assertThat(row.wrong()).isEmpty());
        }
    }

    @Test
    void a_gzip_file_is_unpacked_whatever_it_is_called() throws IOException {
        assertThat(read(zipped(TEXT))).isEqualTo(TEXT);
    }

    @Test
    void a_small_gzip_file_is_not_read_when_only_its_bytes_have_been_taken() throws IOException {
        var bytes = zipped("1,some text\n".repeat(100_000));

        try (var file = TextFile.open(Files.write(dir.resolve("a"), bytes), Optional.empty())) {
            assertThat(file.reader().read()).isEqualTo('1');

            assertThat(file.bytesRead()).isLessThan(file.size() / 5);
        }
    }

    @Test
    void a_gzip_file_of_several_parts_is_read_to_the_end() throws IOException {
        var both = new ByteArrayOutputStream();
        both.writeBytes(zipped("a,b\n"));
        both.writeBytes(zipped("c,d\n"));

        assertThat(read(both.toByteArray())).isEqualTo("a,b\nc,d\n");
    }

    @Test
    void a_torn_gzip_file_gives_what_there_is_and_then_says_so() throws IOException {
        var whole = zipped("1,some text\n".repeat(100_000));
        var torn = Files.write(dir.resolve("torn.gz"), Arrays.copyOf(whole, whole.length / 2));

        try (var file = TextFile.open(torn, Optional.empty())) {
            var reader = new DelimitedReader(file.reader(), Shape.usual());
            assertThat(reader.next()).isPresent();
            assertThatThrownBy(
                            () -> {
                                while (reader.next().isPresent()) {}
                            })
                    .isInstanceOfSatisfying(
                            IOException.class, e -> assertThat(TextFile.isDamage(e)).isTrue());
        }
    }

    @Test
    void the_name_of_a_file_is_the_same_when_it_is_compressed() {
        assertThat(TextFile.name(Path.of("/data/orders.csv.gz"))).isEqualTo("orders.csv");
        assertThat(TextFile.name(Path.of("orders.csv"))).isEqualTo("orders.csv");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> TextFile.open(dir.resolve("no.csv"), Optional.empty()))
                .isInstanceOf(ImportFailure.class)
                .hasMessageContaining("no.csv: there is no such file");
    }

    private String read(byte[] bytes) throws IOException {
        return read(Files.write(dir.resolve("file"), bytes), Optional.empty());
    }

    private static String read(Path path, Optional<Charset> charset) throws IOException {
        var text = new StringWriter();
        try (var file = TextFile.open(path, charset)) {
            file.reader().transferTo(text);
            assertThat(file.bytesRead()).isEqualTo(file.size());
        }
        return text.toString();
    }

    private static byte[] zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
