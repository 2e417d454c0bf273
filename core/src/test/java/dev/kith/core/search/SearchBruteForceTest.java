package dev.kith.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The tokens against a scan of every name: the same customers, whatever is typed. */
class SearchBruteForceTest {

    private static final long SEED = 20_251;
    private static final int NAMES = 3_000;
    private static final int QUERIES = 400;
    private static final List<String> OWN =
            List.of("张伟", "王小明", "欧阳娜娜", "曾国藩", "吕布", "李丽丽", "丽丽李", "尉迟恭", "𠮷野家", "单于飞");

    private final Random random = new Random(SEED);

    @Test
    void tokens_find_whom_a_scan_finds_among_our_own_names() {
        compare(OWN);
    }

    @Test
    void tokens_find_whom_a_scan_finds_among_real_names() throws IOException {
        var file = realNames();
        assumeTrue(Files.exists(file), "no file of real names beside the sources: " + file);
        compare(read(file));
    }

    private void compare(List<String> names) {
        var folded = names.stream().map(Folding::fold).toList();
        var tokens = names.stream().map(name -> Set.copyOf(SearchTest.tokens(name))).toList();
        for (var q = 0; q < QUERIES; q++) {
            var typed = partOf(names.get(random.nextInt(names.size())));
            var wanted = Folding.fold(typed);
            var scanned = where(names, i -> folded.get(i).contains(wanted));
            var found = where(names, i -> SearchTest.matches(typed, tokens.get(i)));
            assertThat(found).as(typed).isEqualTo(scanned);
        }
        names.stream().filter(this::isOrdinary).forEach(this::isFoundByItsPinyin);
    }

    private static List<String> where(List<String> names, IntPredicate chosen) {
        return IntStream.range(0, names.size()).filter(chosen).mapToObj(names::get).toList();
    }

    // Of longer names the pinyin from the last characters on may give way to the limit.
    private boolean isOrdinary(String name) {
        return name.codePointCount(0, name.length()) <= 4;
    }

    private void isFoundByItsPinyin(String name) {
        var run = Folding.fold(name).codePoints().toArray();
        for (var from = 0; from < run.length; from++) {
            var letters = new StringBuilder();
            var initials = new StringBuilder();
            for (var i = from; i < run.length; i++) {
                var readings = HanTable.get().readings(run[i]);
                var reading = readings.isEmpty() ? "" : readings.getFirst();
                letters.append(reading);
                initials.append(reading, 0, Math.min(1, reading.length()));
            }
            var cut = letters.substring(0, random.nextInt(letters.length() + 1));
            for (var typed : List.of(letters.toString(), initials.toString(), cut)) {
                assertThat(typed.isEmpty() || SearchTest.finds(typed, name))
                        .as("%s for %s", typed, name)
                        .isTrue();
            }
        }
    }

    // Up to three characters the answer is exact; longer runs may only find more.
    private String partOf(String name) {
        var chars = name.codePoints().toArray();
        var length = 1 + random.nextInt(Math.min(chars.length, SearchTokens.GRAM_MAX));
        var from = random.nextInt(chars.length - length + 1);
        return new String(chars, from, length);
    }

    private List<String> read(Path file) throws IOException {
        var names = new ArrayList<String>();
        try (var in = new GZIPInputStream(Files.newInputStream(file));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isEmpty() && line.codePoints().allMatch(HanTable::isHan))
                    .forEach(names::add);
        }
        Collections.shuffle(names, random);
        return names.subList(0, NAMES);
    }

    // Beside the checkout, or where -Dkith.shared says.
    private static Path realNames() {
        var named = System.getProperty("kith.shared");
        var shared = Path.of(named == null ? "../../shared" : named).toAbsolutePath().normalize();
        return shared.resolve("data/06_contacts/chinese_person_names_odd_lines.txt.gz");
    }
}
