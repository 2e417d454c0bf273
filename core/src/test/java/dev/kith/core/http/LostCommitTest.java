package dev.kith.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A 503 promises that nothing was changed. Nobody can promise that of a commit that was cut off. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LostCommitTest {

    private static final String BOOKS = "/api/v1/shelf/books";

    /** Ends the server's process of a connection while it commits. */
    private static final String DYING =
            """
            create function public.die() returns trigger language plpgsql as
                $$ begin perform pg_terminate_backend(pg_backend_pid(), 5000); return null; end $$;
            create constraint trigger die after insert on public.book
                deferrable initially deferred for each row
                when (new.note = 'dies in the commit') execute function public.die();
            create function public.late() returns trigger language plpgsql as
                $$ begin raise 'no' using errcode = '57014'; end $$;
            create constraint trigger late after insert on public.book
                deferrable initially deferred for each row
                when (new.note = 'refused in the commit') execute function public.late();
            """;

    private HttpFixture crm;

    @BeforeAll
    void start() {
        crm = new HttpFixture();
        crm.execute(DYING);
    }

    @AfterAll
    void stop() {
        crm.close();
    }

    private static String book(String note) {
        return "{\"title\": \"%s\", \"note\": \"%s\", \"pages\": 7}\n"
                .formatted(UUID.randomUUID(), note);
    }

    @Test
    void a_commit_that_is_cut_off_has_no_answer() {
        var asking = crm.ask("POST", BOOKS).json(book("dies in the commit"));
        assertThatThrownBy(asking::send).isInstanceOf(UncheckedIOException.class);
        var next = crm.ask("POST", BOOKS).json(book("lives"));
        assertThat(next.send().status()).isEqualTo(201);
    }

    @Test
    void a_commit_that_the_database_refused_is_known_not_to_have_happened() {
        var asking = crm.ask("POST", BOOKS).json(book("refused in the commit"));
        assertThat(asking.send().status()).isEqualTo(503);
        assertThat(crm.count("select count(*) from public.book where note like 'refused%'"))
                .isZero();
    }

    @Test
    void a_commit_that_is_cut_off_ends_a_stream_of_lines() {
        var lines = book("lives") + book("dies in the commit");
        var asking =
                crm.ask("POST", BOOKS).body("application/x-ndjson", BodyPublishers.ofString(lines));
        assertThatThrownBy(asking::send).isInstanceOf(UncheckedIOException.class);
        assertThat(crm.ask("GET", BOOKS).send().status()).isEqualTo(200);
    }
}
