package dev.kith.core.customers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tokens neither rare nor frequent are searched range by range; nobody is lost between them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchRangesTest {

    private static final int CUSTOMERS = 30_000;

    /** One in twenty; more than are fetched at once. */
    private static final int MARKED = CUSTOMERS / 20;

    /** Everyone of the first tenth and nobody after: the ranges that come first are empty. */
    private static final int EARLY = CUSTOMERS / 10;

    // Rows as an import leaves them: a hundred made in the same moment.
    private static final String FILL =
            """
            insert into kith.customer
            select ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 1, 'person',
                   'n' || i, null, null, '[]', '[]', '[]', null, null, null, '{}', '[]', null,
                   null, 'new', '{}', timestamptz '2024-01-01' + i / 100 * interval '1 minute',
                   now(), null,
                   array['all'] || case when i %% 20 = 0 then array['marked'] else '{}' end
                       || case when i < %d then array['early'] else '{}' end
              from generate_series(0, %d - 1) i
            """
                    .formatted(EARLY, CUSTOMERS);

    private Shop shop;

    @BeforeAll
    void open() {
        shop = new Shop();
        shop.execute(FILL);
        shop.execute("analyze kith.customer");
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void newest_first_finds_everybody_in_order() {
        assertThat(found("marked", "-createdAt")).isEqualTo(every(20).reversed());
    }

    @Test
    void oldest_first_finds_everybody_in_order() {
        assertThat(found("marked", "createdAt")).isEqualTo(every(20));
    }

    @Test
    void who_is_far_back_is_found_behind_empty_ranges() {
        var found = found("early", "-createdAt");
        assertThat(found).hasSize(EARLY).startsWith("n" + (EARLY - 1)).endsWith("n0");
    }

    private static List<String> every(int step) {
        var names = new ArrayList<String>();
        for (var i = 0; i < CUSTOMERS; i += step) {
            names.add("n" + i);
        }
        assertThat(names).hasSize(MARKED);
        return names;
    }

    private List<String> found(String typed, String sort) {
        var names = new ArrayList<String>();
        var after = "";
        do {
            var page = shop.get("/customers?limit=190&q=" + typed + "&sort=" + sort + after);
            assertThat(page.status()).as(page.body().toString()).isEqualTo(200);
            names.addAll(page.body().at("/items").findValuesAsText("name"));
            var next = page.body().at("/next");
            after = next.isNull() ? "" : "&after=" + next.asText();
        } while (!after.isEmpty());
        return names;
    }
}
