package dev.kith.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is written is what the documents say: they are made from the components of records. */
class JsonTest {

    record Consent(String purpose, boolean isOpen, String getter) {
        public boolean isGiven() {
            return purpose.isEmpty();
        }

        public String getChannel() {
            return purpose;
        }
    }

    @Test
    void a_record_is_written_with_its_components_and_nothing_else() {
        assertThat(new Json().write(new Consent("marketing", true, "a")))
                .isEqualTo(
                        """
                        {"purpose":"marketing","isOpen":true,"getter":"a"}\
                        """);
    }
}
