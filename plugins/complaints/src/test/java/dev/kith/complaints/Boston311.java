package dev.kith.complaints;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the calls as {@code bench/boston311.py} does. */
final class Boston311 {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM/dd/uuuu hh:mm:ss a", Locale.US);

    /** One row. */
    record Call(
            String number,
            String title,
            String text,
            String queue,
            String source,
            @Nullable Instant opened,
            @Nullable Instant target,
            @Nullable Instant closed,
            String verdict) {

        boolean isJudged() {
            return target != null && closed != null && !verdict.isEmpty();
        }

        Map<String, Object> asCase() {
            var received = received();
            var draft = new HashMap<String, Object>();
            draft.put("reference", number);
            draft.put("channel", channel());
            draft.put("subject", title);
            draft.put("text", text);
            draft.put("queue", queue);
            draft.put("receivedAt", received.toString());
            if (target != null) {
                draft.put("dueAt", target.toString());
            }
            var steps = new ArrayList<Map<String, Object>>();
            // The city gives out a number at once.
            steps.add(Map.of("to", "acknowledged", "occurredAt", received.toString()));
            if (closed != null) {
                steps.add(
                        Map.of(
                                "to",
                                "resolved",
                                "occurredAt",
                                closed.toString(),
                                "note",
                                "Closed by the city"));
                steps.add(Map.of("to", "closed", "occurredAt", closed.toString()));
            }
            draft.put("steps", steps);
            return draft;
        }

        // Two clocks of the city differ by seconds: some calls were closed before they were opened.
        private Instant received() {
            var from = java.util.Objects.requireNonNull(opened);
            return closed != null && closed.isBefore(from) ? closed : from;
        }

        private String channel() {
            return switch (source) {
                case "Constituent Call" -> "phone";
                case "Citizens Connect App", "City Worker App", "Self Service" -> "web";
                case "Twitter" -> "social";
                default -> "other";
            };
        }
    }

    private Boston311() {}

    static List<Call> read(InputStream file) {
        var calls = new ArrayList<Call>();
        var reader = new InputStreamReader(file, StandardCharsets.UTF_8);
        CsvReader.builder().ofNamedCsvRecord(reader).forEach(row -> calls.add(call(row)));
        return calls;
    }

    private static Call call(NamedCsvRecord row) {
        var type = row.getField("TYPE");
        var title = row.getField("CASE_TITLE");
        return new Call(
                row.getField("CASE_ENQUIRY_ID"),
                title.isBlank() ? type : title,
                type + ", " + row.getField("Location"),
                row.getField("QUEUE"),
                row.getField("Source"),
                time(row.getField("OPEN_DT")),
                time(row.getField("TARGET_DT")),
                time(row.getField("CLOSED_DT")),
                row.getField("OnTime_Status"));
    }

    private static @Nullable Instant time(String text) {
        return text.isEmpty() ? null : LocalDateTime.parse(text, TIME).atZone(ZONE).toInstant();
    }
}
