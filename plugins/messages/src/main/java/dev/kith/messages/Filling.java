package dev.kith.messages;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Puts values where a template says {@code {{name}}}, made safe for the place. */
final class Filling {

    static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([A-Za-z][A-Za-z0-9]*)\\s*}}");

    private static final Pattern BRACES = Pattern.compile("\\{\\{|}}");

    /** Where text can be made safe: between tags, and in the quotes of an attribute. */
    private static final Pattern MARKUP =
            Pattern.compile(
                    "<!--.*?-->|<(?:script|style)\\b.*?</(?:script|style)\\s*>"
                            + "|<[!/]?[A-Za-z](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>",
                    Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private static final Pattern ATTRIBUTE =
            Pattern.compile("([A-Za-z_:][-A-Za-z0-9_:.]*)\\s*=\\s*(\"[^\"]*\"|'[^']*')");
    private static final Pattern RUNS =
            Pattern.compile("on.*|style|srcdoc", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "href|src|action|formaction|background|poster|cite|data|xlink:href",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern FOLLOWED =
            Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Filling() {}

    /** The names that a text needs. */
    static Set<String> names(String text) {
        var names = new LinkedHashSet<String>();
        PLACEHOLDER.matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    /** Whether there are braces that are no placeholder. */
    static boolean hasStrayBraces(String text) {
        return BRACES.matcher(PLACEHOLDER.matcher(text).replaceAll("")).find();
    }

    /** What in an HTML text cannot be made safe, if anything. */
    static Optional<String> unsafe(String html) {
        var tags = MARKUP.matcher(html);
        while (tags.find()) {
            var outside = ATTRIBUTE.matcher(tags.group()).replaceAll("");
            if (PLACEHOLDER.matcher(outside).find()) {
                return Optional.of(
                        "a placeholder in HTML stands between tags or in a quoted attribute");
            }
            var attributes = ATTRIBUTE.matcher(tags.group());
            while (attributes.find()) {
                if (RUNS.matcher(attributes.group(1)).matches()
                        && PLACEHOLDER.matcher(attributes.group(2)).find()) {
                    return Optional.of("no placeholder may stand in " + attributes.group(1));
                }
            }
        }
        var between = MARKUP.matcher(html).replaceAll("");
        return between.contains("<")
                ? Optional.of("an HTML tag, comment or script is not closed")
                : Optional.empty();
    }

    /** One line, for a header: what ends lines or hides in them becomes a space. */
    static String line(String template, Map<String, String> values) {
        return plain(template, values).replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    static String plain(String template, Map<String, String> values) {
        return fill(template, values, value -> value.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", ""));
    }

    static String html(String template, Map<String, String> values) {
        var filled = new StringBuilder();
        var tags = MARKUP.matcher(template);
        var from = 0;
        while (tags.find()) {
            filled.append(fill(template.substring(from, tags.start()), values, Filling::escaped));
            filled.append(tag(tags.group(), values));
            from = tags.end();
        }
        return filled.append(fill(template.substring(from), values, Filling::escaped)).toString();
    }

    private static String tag(String tag, Map<String, String> values) {
        return ATTRIBUTE
                .matcher(tag)
                .replaceAll(found -> {
                    var address = ADDRESS.matcher(found.group(1)).matches();
                    var quoted = found.group(2);
                    // An address that a value begins is one that a mail program may follow, or
                    // none.
                    var led = address && PLACEHOLDER.matcher(quoted.substring(1)).lookingAt();
                    var value = fill(quoted, values, each -> escaped(led ? followed(each) : each));
                    return java.util.regex.Matcher.quoteReplacement(found.group(1) + "=" + value);
                });
    }

    private static String followed(String address) {
        return FOLLOWED.matcher(address).matches() ? address : "#";
    }

    private static String escaped(String value) {
        return value.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("`", "&#96;");
    }

    private static String fill(
            String template, Map<String, String> values, UnaryOperator<String> safe) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found ->
                        java.util.regex.Matcher.quoteReplacement(
                                safe.apply(values.getOrDefault(found.group(1), ""))));
    }
}
