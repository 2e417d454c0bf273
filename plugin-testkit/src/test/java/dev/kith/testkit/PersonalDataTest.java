package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.testkit.manners.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plugin that is careless with what people write does not pass the contract. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class PersonalDataTest {

    private static final TemporaryFolder FOLDER = new TemporaryFolder();
    private static final String WORDS = "planted in the words";

    @RegisterExtension static final TestCrm diary = with("diary", Diary.class, Diary.TABLES);

    @RegisterExtension
    static final TestCrm guestbook = with("guestbook", Guestbook.class, Guestbook.TABLES);

    private static TestCrm with(
            String id, Class<? extends dev.kith.api.CrmPlugin> type, String tables) {
        var folder = Samples.write(FOLDER.path(), id, type);
        Samples.migration(folder, "V1__tables.sql", tables);
        return TestCrm.withPlugins(folder);
    }

    @AfterAll
    static void remove() {
        FOLDER.close();
    }

    @BeforeEach
    void nothing_is_there() {
        diary.clean();
    }

    /** As its contract would, after an entry with this title. */
    private static Planted check(String title, Planted planted) {
        return new PersonalData(diary)
                .check(customer -> {
                    var entry = Map.of("customerId", customer, "title", title, "words", WORDS);
                    diary.admin().post("/diary/entries", entry).expect(200);
                    return planted;
                });
    }

    private static Planted words() {
        return Planted.in("entry.words", WORDS);
    }

    @Test
    void one_that_names_its_columns_and_clears_them_passes() {
        assertThat(check("a fine day", words())).isEqualTo(words());
    }

    @Test
    void one_that_keeps_personal_data_and_plants_nothing_does_not_pass() {
        assertThatThrownBy(() -> check("a fine day", new Planted(List.of())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("name each column of it in plant()");
        assertThatThrownBy(() -> new PersonalData(diary).check(customer -> null))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("name each column of it in plant()");
    }

    @Test
    void a_column_that_is_named_and_holds_nothing_is_told() {
        assertThatThrownBy(() -> check("a fine day", words().and("entry.title", "never planted")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("never planted is not in entry.title");
    }

    @ParameterizedTest
    @CsvSource({
        "copy, '[copy.words]'",
        "secret, is not in []",
        "forever, '[diary.entry.words]'",
        "send, '[send.payload]'"
    })
    void wherever_a_text_lies_and_should_not_is_told(String title, String told) {
        assertThatThrownBy(() -> check(title, words()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(told);
    }

    @Test
    void what_lies_in_nobodys_column_any_more_is_looked_for_in_cores_too() {
        diary.customer(Map.of("kind", "person", "name", WORDS));
        assertThatThrownBy(() -> check("a fine day", words()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("customer.");
    }

    @Test
    void one_that_keeps_no_personal_data_may_keep_nothing_that_people_write() {
        var nothing = new PersonalData(guestbook).check(customer -> null);
        var written =
                new Written(
                        guestbook,
                        route -> new Subject(route.path(), "{\"words\": \"something\"}"));
        var samples = List.of(new Sample("guest.came", Map.of("words", "something")));
        assertThatThrownBy(() -> written.check(samples, nothing, Set.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[heard.words, line.words]");
        written.check(samples, nothing, Set.of("heard.words", "line.words"));
    }
}
