package dev.kith.core.packages;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which tables of migrations mean a customer. Read from the SQL as text, so it finds what is written
 * the usual way, a column {@code customer_id} or {@code …_customer_id} of the type {@code uuid}; it
 * is there to notice what was forgotten, and cannot notice what was hidden.
 */
public final class PersonalTables {

    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern STATEMENT =
            Pattern.compile(
                    "\\b(?:create|alter)\\s+(?:unlogged\\s+)?table\\s+(?:if\\s+(?:not\\s+)?exists\\s+)?"
                            + "(?:only\\s+)?([\\w.\"]+)([^;]*)(?:;|\\z)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern CUSTOMER =
            Pattern.compile(
                    "\\b(?:\\w+_)?customer(?:_id)?\"?\\s+uuid\\b", Pattern.CASE_INSENSITIVE);

    private PersonalTables() {}

    public static List<String> in(Collection<byte[]> migrations) {
        var tables = new TreeSet<String>();
        for (var migration : migrations) {
            var sql = new String(migration, StandardCharsets.UTF_8);
            var statement = STATEMENT.matcher(COMMENT.matcher(sql).replaceAll(" "));
            while (statement.find()) {
                if (CUSTOMER.matcher(statement.group(2)).find()) {
                    tables.add(bare(statement.group(1)));
                }
            }
        }
        return List.copyOf(tables);
    }

    private static String bare(String table) {
        return table.substring(table.lastIndexOf('.') + 1).replace("\"", "");
    }
}
