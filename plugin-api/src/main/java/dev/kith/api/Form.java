package dev.kith.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A form as it stands, in every template of a {@link Crm#publicForm} as {@code form}: empty at
 * first; filled in with what was sent, and with what is wrong about it, when it is shown again.
 *
 * {@snippet :
 * <input name="serial" value="${form.value("serial")}">
 * <div class="text-danger">${form.problems("serial")}</div>
 * }
 *
 * @param values by the field's name, as they were sent
 * @param problems in the reader's language
 */
public record Form(Map<String, List<String>> values, List<Problem.Place> problems) {

    public static final Form EMPTY = new Form(Map.of(), List.of());

    public Form {
        var copy = new HashMap<String, List<String>>();
        values.forEach((name, sent) -> copy.put(name, List.copyOf(sent)));
        values = Map.copyOf(copy);
        problems = List.copyOf(problems);
    }

    /** What a field held, or empty text. */
    public String value(String field) {
        var sent = values(field);
        return sent.isEmpty() ? "" : sent.getFirst();
    }

    /** What all fields of this name held, such as boxes that were ticked. */
    public List<String> values(String field) {
        return values.getOrDefault(field, List.of());
    }

    /** Whether this choice was among those sent, for {@code checked} and {@code selected}. */
    public boolean has(String field, String choice) {
        return values(field).contains(choice);
    }

    /** What is wrong with a field or one of its entries. */
    public List<String> problems(String field) {
        return problems.stream()
                .filter(place -> isAt(field, place.pointer()))
                .map(Problem.Place::message)
                .toList();
    }

    /** {@code answers.q1} for the place {@code /answers/q1}, and for {@code /answers/q1/0}. */
    private static boolean isAt(String field, String pointer) {
        var name = nameOf(pointer);
        return name.equals(field)
                || (name.startsWith(field + ".")
                        && name.substring(field.length() + 1).chars().allMatch(Character::isDigit));
    }

    private static String nameOf(String pointer) {
        return pointer.replaceFirst("^/", "")
                .replace('/', '.')
                .replace("~1", "/")
                .replace("~0", "~");
    }
}
