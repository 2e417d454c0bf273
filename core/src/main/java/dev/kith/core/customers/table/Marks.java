package dev.kith.core.customers.table;

import dev.kith.api.Read;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moments that part the customers, by when they were made, into ranges of about the same number:
 * what the database's statistics know. Only the speed of a search rests on them.
 */
public final class Marks {

    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final String NEWEST_FIRST =
            "select at from (select unnest(histogram_bounds::text::timestamptz[]) as at"
                    + " from pg_stats where schemaname = 'kith' and tablename = 'customer'"
                    + " and attname = 'created_at') bounds order by at desc";

    private record Known(List<Instant> newestFirst, Instant readAt) {}

    private volatile @Nullable Known known;

    List<Instant> newestFirst(Read read) {
        var now = read.now();
        var there = known;
        if (there == null || there.readAt().plus(FRESH).isBefore(now)) {
            there = new Known(select(read), now);
            known = there;
        }
        return there.newestFirst();
    }

    private static List<Instant> select(Read read) {
        return CustomerTable.on(
                read,
                connection -> {
                    try (var select = connection.prepareStatement(NEWEST_FIRST);
                            var row = select.executeQuery()) {
                        var marks = new ArrayList<Instant>();
                        while (row.next()) {
                            marks.add(row.getTimestamp(1).toInstant());
                        }
                        return List.copyOf(marks);
                    }
                });
    }
}
