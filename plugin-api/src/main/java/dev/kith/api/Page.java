package dev.kith.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * {@snippet :
 * // One row more than asked for: it says that there is a next page.
 * var rows = find(read, request.after(), request.limit() + 1);
 * return Page.of(rows, request.limit(), claim -> claim.id().toString());
 * }
 *
 * @param next where the next page begins, opaque to the caller; null on the last page
 */
public record Page<T>(
        List<T> items, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * A page out of {@code limit + 1} rows: the extra row only says that there is more.
     *
     * @param rows at most {@code limit + 1}, in the list's order
     * @param key what {@link Request#after()} will hand back to continue behind a row; it must not
     *     change while rows are written, so use sort value and id, never a row number
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<? super T, String> key) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        var items = rows.subList(0, limit);
        return new Page<>(items, key.apply(items.getLast()));
    }
}
