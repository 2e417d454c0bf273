package dev.kith.core.call.form;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.api.Form;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.core.call.Asked;
import dev.kith.core.input.JsonPlace;
import dev.kith.core.input.Percent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The fields of a form as a browser sends them. */
public final class FormFields {

    /** The form's own number, by which it is recognised when it comes again. */
    public static final String ONCE = "_once";

    /** A field that people do not see; what fills in everything it finds is no person. */
    public static final String TRAP = "_website";

    /** The most fields of one form. */
    static final int FIELDS_MAX = 500;

    /** How deep {@code a.b.c} may go. */
    static final int DEPTH_MAX = 8;

    private static final String TYPE = "application/x-www-form-urlencoded";

    /** What a mail program sends that was asked to unsubscribe (RFC 8058). */
    private static final String ONE_CLICK = "List-Unsubscribe=One-Click";

    private static final String PARTS_TYPE = "multipart/form-data";
    private static final Pattern ONE_CLICK_PART =
            Pattern.compile(
                    "\\A--[^\\r\\n]+\\r\\n(?:[^\\r\\n]+\\r\\n)*?"
                            + "Content-Disposition: *form-data; *name=\"?List-Unsubscribe\"?\\r\\n"
                            + "(?:[^\\r\\n]+\\r\\n)*\\r\\nOne-Click\\r\\n--[^\\r\\n]+--\\s*\\z",
                    Pattern.CASE_INSENSITIVE);

    private final Map<String, List<String>> values;
    private final String once;
    private final boolean trapped;
    private final boolean oneClick;

    private FormFields(Map<String, List<String>> sent, boolean oneClick) {
        this.oneClick = oneClick;
        values = new LinkedHashMap<>(sent);
        once = String.join("", values.getOrDefault(ONCE, List.of()));
        trapped = !String.join("", values.getOrDefault(TRAP, List.of())).isEmpty();
        values.remove(ONCE);
        values.remove(TRAP);
    }

    /**
     * @throws Problem if the body is no form, or has too many fields
     */
    public static FormFields of(Asked asked) {
        var body = body(asked);
        var parts = body.split("&", FIELDS_MAX + 2);
        if (parts.length > FIELDS_MAX) {
            throw StandardError.TOO_LARGE.because("a form has at most " + FIELDS_MAX + " fields");
        }
        var sent = new LinkedHashMap<String, List<String>>();
        for (var part : parts) {
            add(sent, part);
        }
        return new FormFields(sent, body.equals(ONE_CLICK));
    }

    private static String body(Asked asked) {
        var header = asked.header().apply("content-type");
        var type = header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        var body = new String(asked.body(), StandardCharsets.UTF_8);
        if (type.equals(TYPE)) {
            return body;
        }
        // Mail programs say the same in either type; nothing else is taken in parts.
        if (type.equals(PARTS_TYPE) && ONE_CLICK_PART.matcher(body).matches()) {
            return ONE_CLICK;
        }
        throw StandardError.UNSUPPORTED_MEDIA_TYPE.because("the body must be " + TYPE);
    }

    private static void add(Map<String, List<String>> sent, String part) {
        var equals = part.indexOf('=');
        if (equals < 0) {
            return;
        }
        var name = Percent.decode(part.substring(0, equals), true, "form");
        var value = Percent.decode(part.substring(equals + 1), true, JsonPlace.printable(name));
        if (!value.isEmpty()) {
            // Browsers end lines as the network does, not as text areas count them.
            var lines = value.replace("\r\n", "\n");
            sent.computeIfAbsent(name, n -> new ArrayList<>()).add(lines);
        }
    }

    /**
     * Whether a mail program unsubscribes somebody. It was shown no form, so it has no number; only
     * a form that knows the field {@code List-Unsubscribe} takes it, and must bear repetition.
     */
    public boolean oneClick() {
        return oneClick;
    }

    /** The form as it is shown again. */
    public Form again(List<Problem.Place> problems) {
        return new Form(values, problems);
    }

    /**
     * What says that this form was loaded here.
     *
     * @throws Problem {@code invalidInput} if it does not come from a person who was shown it
     */
    String once() {
        if (trapped) {
            throw StandardError.INVALID_INPUT
                    .because("a field that must stay empty was filled in")
                    .at(
                            "/" + TRAP,
                            "trap",
                            "leave the hidden field empty, and send the form again");
        }
        if (!FormOnce.isOne(once)) {
            throw StandardError.INVALID_INPUT
                    .because("the form was not loaded from here")
                    .at("/" + ONCE, "once", "please send the form again");
        }
        return once;
    }

    /**
     * The fields as the JSON they stand for.
     *
     * @throws Problem {@code invalidInput} if a name stands for a value and for an object
     */
    ObjectNode tree() {
        var root = JsonNodeFactory.instance.objectNode();
        values.forEach((name, sent) -> {
            var steps = name.split("\\.", -1);
            if (steps.length > DEPTH_MAX) {
                throw misnamed(name);
            }
            var last = steps[steps.length - 1];
            var parent = parent(root, steps, name);
            if (parent.has(last)) {
                throw misnamed(name);
            } else if (sent.size() == 1) {
                parent.put(last, sent.getFirst());
            } else {
                var list = parent.putArray(last);
                sent.forEach(list::add);
            }
        });
        return root;
    }

    private static ObjectNode parent(ObjectNode root, String[] steps, String name) {
        var at = root;
        for (var i = 0; i < steps.length - 1; i++) {
            var next = at.get(steps[i]);
            if (next == null) {
                next = at.putObject(steps[i]);
            }
            if (!(next instanceof ObjectNode object)) {
                throw misnamed(name);
            }
            at = object;
        }
        return at;
    }

    private static Problem misnamed(String name) {
        var pointer = JsonPlace.printable("/" + name.replace('.', '/'));
        return StandardError.INVALID_INPUT
                .because("the names of fields do not fit together")
                .at(pointer, "unknownName", "cannot be both a value and more");
    }
}
