package dev.kith.core.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kith.core.area.Messages;
import dev.kith.core.console.screen.ReaderScreen;
import dev.kith.core.json.Json;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class TopicWordsTest {

    private final Messages texts = new Messages(TopicWordsTest.class.getClassLoader(), "kith");
    private final ReaderScreen english = screen(Locale.ENGLISH);

    @Test
    void fields_of_the_payload_are_shown_in_the_readers_way() {
        var payload = "{\"amount\":{\"value\":\"1234.50\",\"currency\":\"CNY\"},\"points\":12345}";

        assertThat(fill(english, "{amount}, {points} points", payload))
                .isEqualTo("CN¥1,234.50, 12,345 points");
        assertThat(fill(screen(Locale.SIMPLIFIED_CHINESE), "{amount}", payload))
                .isEqualTo("¥1,234.50");
    }

    @Test
    void what_is_missing_leaves_its_bracket_out() {
        assertThat(fill(english, "{amount}[ · order {orderId}][ · {channel}]", "{\"amount\":3}"))
                .isEqualTo("3");
        assertThat(fill(english, "[{channel}][ · {note}]", "{\"note\":\"late\"}"))
                .isEqualTo("late");
    }

    @Test
    void money_that_would_be_refused_today_is_shown_as_it_stands() {
        var payload = "{\"amount\":{\"value\":\"1.234\",\"currency\":\"CNY\"}}";

        assertThat(fill(english, "{amount}", payload)).isEqualTo("1.234 CNY");
    }

    @Test
    void a_long_value_is_cut() {
        var shown = fill(english, "{note}", "{\"note\":\"" + "x".repeat(5_000) + "\"}");

        assertThat(shown).hasSize(TopicWords.VALUE_MAX).endsWith("…");
    }

    @Test
    void a_topic_of_an_area_that_is_off_is_named_in_plain_words() {
        var words = new TopicWords(List::of);

        assertThat(words.title(english, "customer.updateRequested"))
                .isEqualTo("Customer update requested");
    }

    private ReaderScreen screen(Locale locale) {
        return new ReaderScreen(texts, texts, locale, ZoneId.of("Asia/Shanghai"), "");
    }

    private static String fill(ReaderScreen screen, String pattern, String payload) {
        try {
            return TopicWords.fill(screen, pattern, new Json().tolerant().readTree(payload));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
