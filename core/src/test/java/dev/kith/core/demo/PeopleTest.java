package dev.kith.core.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.contact.Phones;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PeopleTest {

    private final List<Person> people =
            new People(
                            new SplittableRandom(1),
                            ZoneId.of("Asia/Shanghai"),
                            Instant.parse("2026-01-01T00:00:00Z"))
                    .all();

    @Test
    void nobody_real_answers_when_somebody_of_the_demo_is_called() {
        var numbers = values("phones");
        assertThat(numbers)
                .doesNotHaveDuplicates()
                .allMatch(number -> number.matches("\\+44(7700900|1632960)\\d{3}"))
                .allMatch(
                        number -> Phones.normalise(number, "ZZ").equals(new Phones.Phone(number)));
    }

    @Test
    void nobody_real_reads_what_is_written_to_somebody_of_the_demo() {
        assertThat(values("emails"))
                .doesNotHaveDuplicates()
                .allMatch(address -> address.matches("[a-z.]+\\d+@example\\.com"));
    }

    private List<String> values(String contacts) {
        return people.stream()
                .map(person -> (List<?>) person.details().get(contacts))
                .map(list -> (Map<?, ?>) list.getFirst())
                .map(entry -> (String) entry.get("value"))
                .toList();
    }
}
