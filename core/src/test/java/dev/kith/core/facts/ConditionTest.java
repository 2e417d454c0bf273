package dev.kith.core.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.api.Condition;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConditionTest {

    private static final Map<String, Class<?>> TYPES =
            Map.of("score", Long.class, "where", String.class, "reasons", List.class);

    private final Expressions expressions = new Expressions();

    @Test
    void a_condition_is_decided_by_the_values_alone() {
        var low = compile("answers.score <= 6 && \"price\" in answers.reasons");
        assertThat(low.test(Map.of("score", 3L, "reasons", List.of("price", "time")))).isTrue();
        assertThat(low.test(Map.of("score", 7L, "reasons", List.of("price")))).isFalse();
        assertThat(low.test(Map.of("score", 3L, "reasons", List.of("time")))).isFalse();
    }

    @Test
    void what_is_not_there_does_not_compare_and_can_be_asked_for() {
        assertThat(compile("answers.score <= 6").test(Map.of())).isFalse();
        assertThat(compile("!(answers.score <= 6)").test(Map.of())).isFalse();
        assertThat(compile("!has(answers.score)").test(Map.of())).isTrue();
        assertThat(compile("has(answers.where)").test(Map.of("where", "shop"))).isTrue();
    }

    @Test
    void a_condition_says_which_values_it_looks_at() {
        assertThat(compile("answers.score > 8 || has(answers.where)").uses())
                .containsExactlyInAnyOrder("score", "where");
        assertThat(compile("true").uses()).isEmpty();
    }

    @Test
    void an_unknown_name_and_a_wrong_type_are_refused_with_their_place() {
        for (var wrong :
                List.of(
                        "answers.colour == \"red\"",
                        "answers.score == \"nine\"",
                        "loyalty.points > 5",
                        "customer.stage == \"new\"",
                        "answers.score",
                        "answers.score <=")) {
            assertThatThrownBy(() -> compile(wrong))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> {
                                assertThat(problem.code())
                                        .isEqualTo(StandardError.INVALID_EXPRESSION);
                                assertThat(problem.places()).isNotEmpty();
                            });
        }
    }

    private Condition compile(String expression) {
        return expressions.condition(expression, "answers", TYPES);
    }
}
