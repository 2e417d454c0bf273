package dev.kith.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.core.area.Area;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** An area that is full, late or out of memory is told so, keeps its word, and harms nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class OverloadTest {

    private static final String SHELF = "/api/v1/shelf";

    @AutoClose private final HttpFixture crm = new HttpFixture();

    private static String book(String title) {
        return "{\"title\": \"%s\", \"pages\": 7}".formatted(title);
    }

    private HttpFixture.Asking post(String path, String title) {
        return crm.ask("POST", SHELF + path).json(book(title));
    }

    private long books(String title) {
        return crm.count("select count(*) from public.book where title = '" + title + "'");
    }

    private void untilNothingRuns() {
        await(() -> crm.area.requests().running() == 0);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("waited too long");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void who_was_told_that_it_took_too_long_finds_nothing_changed() {
        var title = "stubborn " + UUID.randomUUID();
        var answer = post("/stubborn", title).send();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        crm.shelf.gate.release();
        untilNothingRuns();
        assertThat(books(title)).isZero();
        assertThat(post("/books", title).send().status()).isEqualTo(201);
    }

    @Test
    void what_waited_too_long_for_a_thread_is_not_done_afterwards() {
        var held = new ArrayList<CompletableFuture<HttpFixture.Answered>>();
        for (var i = 0; i < Area.REQUEST_THREADS; i++) {
            held.add(crm.ask("POST", SHELF + "/waits").sendLater());
        }
        crm.shelf.arrived.acquireUninterruptibly(Area.REQUEST_THREADS);
        var title = "queued " + UUID.randomUUID();
        assertThat(post("/impatient", title).send().status()).isEqualTo(503);
        crm.shelf.gate.release(Area.REQUEST_THREADS);
        held.forEach(each -> assertThat(each.join().status()).isEqualTo(200));
        untilNothingRuns();
        assertThat(books(title)).isZero();
    }

    @Test
    void a_full_area_sheds_while_core_goes_on() {
        var held = new ArrayList<CompletableFuture<HttpFixture.Answered>>();
        for (var i = 0; i < Area.REQUEST_THREADS + Area.REQUEST_QUEUE_MAX; i++) {
            held.add(crm.ask("POST", SHELF + "/waits").sendLater());
        }
        crm.shelf.arrived.acquireUninterruptibly(Area.REQUEST_THREADS);
        await(() -> crm.area.requests().waiting() == Area.REQUEST_QUEUE_MAX);
        var shed = crm.ask("GET", SHELF + "/books").send();
        assertThat(shed.status()).isEqualTo(503);
        assertThat(shed.code()).isEqualTo("overloaded");
        assertThat(shed.header("Retry-After")).isPresent();
        assertThat(crm.ask("GET", "/api/v1/keys").send().status()).isEqualTo(200);
        assertThat(crm.anonymously("GET", "/health/live").send().status()).isEqualTo(200);
        crm.shelf.gate.release(held.size());
        held.forEach(each -> assertThat(each.join().status()).isEqualTo(200));
        assertThat(crm.ask("GET", SHELF + "/books").send().status()).isEqualTo(200);
        crm.shelf.arrived.drainPermits();
    }

    @Test
    void a_call_that_no_interrupt_reaches_loses_its_connection() {
        var answer = crm.ask("POST", SHELF + "/asleep").send();
        assertThat(answer.status()).isEqualTo(503);
        untilNothingRuns();
        for (var i = 0; i < 20; i++) {
            assertThat(crm.ask("GET", SHELF + "/books").send().status()).isEqualTo(200);
            assertThat(post("/books", "after " + UUID.randomUUID()).send().status()).isEqualTo(201);
        }
    }

    @Test
    void out_of_memory_is_no_answer() {
        var asking = crm.ask("POST", SHELF + "/hungry");
        assertThatThrownBy(asking::send).isInstanceOf(UncheckedIOException.class);
        assertThat(crm.ask("GET", SHELF + "/books").send().status()).isEqualTo(200);
    }

    @Test
    void out_of_memory_ends_a_stream_and_is_no_refused_line() {
        var title = "fed " + UUID.randomUUID();
        var lines =
                "{\"title\": \"%s\", \"note\": \"hungry\", \"pages\": 1}\n{\"title\": \"%s\", \"pages\": 1}\n"
                        .formatted(UUID.randomUUID(), title);
        var asking =
                crm.ask("POST", SHELF + "/books")
                        .body("application/x-ndjson", BodyPublishers.ofString(lines));
        assertThatThrownBy(asking::send).isInstanceOf(UncheckedIOException.class);
        assertThat(books(title)).isZero();
    }
}
