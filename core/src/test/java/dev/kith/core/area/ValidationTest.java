package dev.kith.core.area;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kith.api.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whoever breaks a constraint is told the place that they wrote. */
final class ValidationTest {

    record Order(@Valid List<Line> lines, List<@NotBlank String> tags) {

        @AssertTrue(message = "is too much at once")
        boolean isReasonable() {
            return lines.size() < 3;
        }
    }

    record Line(@Min(1) int count, int countMax) {

        @AssertTrue(message = "count is at most countMax")
        boolean isCountMaxKept() {
            return count <= countMax;
        }
    }

    @AutoClose private final Validation validation = new Validation();

    @Test
    void a_member_is_named_and_so_is_an_element() {
        assertThat(pointers(new Order(List.of(new Line(1, 1), new Line(0, 1)), List.of("a", " "))))
                .containsExactlyInAnyOrder("/lines/1/count", "/tags/1");
    }

    @Test
    void a_check_of_the_record_names_the_member_it_is_about_or_the_whole() {
        assertThat(pointers(new Order(List.of(new Line(2, 1)), List.of())))
                .containsExactly("/lines/0/countMax");
        var line = new Line(1, 1);
        assertThat(pointers(new Order(List.of(line, line, line), List.of()))).containsExactly("");
    }

    private List<String> pointers(Order order) {
        return catchThrowableOfType(Problem.class, () -> validation.check(order)).places().stream()
                .map(Problem.Place::pointer)
                .toList();
    }
}
