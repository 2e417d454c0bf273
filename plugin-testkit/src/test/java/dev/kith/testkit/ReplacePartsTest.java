package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.core.area.Area;
import dev.kith.core.database.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a plugin shows, tells and sends while one version takes the place of another. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ReplacePartsTest {

    private static final Path FOLDER = Scratch.folder();
    private static final String FIRST = "1.0.0";
    private static final String SECOND = "2.0.0";
    // The common pool has one thread on two processors.
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins(Gallery.write(FOLDER, FIRST))
                    .set("folder", FOLDER.toString())
                    .set("colour", "gold");

    private static void replace(String version) {
        crm.node().plugins().replace("gallery", Gallery.write(FOLDER, version), "test");
    }

    @AfterEach
    void back_to_the_first() throws IOException {
        Files.deleteIfExists(FOLDER.resolve("hold"));
        crm.deliverEvents();
        replace(FIRST);
    }

    @Test
    void every_page_is_the_new_versions() {
        var customer = crm.customer();
        var paths =
                List.of(
                        "/console/gallery",
                        "/console/-/panels/gallery/0/" + customer,
                        "/console/-/cards/gallery/0",
                        "/public/gallery");
        for (var path : paths) {
            assertThat(crm.console().get(path).expect(200).body()).contains("pictures of " + FIRST);
        }
        replace(SECOND);
        for (var path : paths) {
            assertThat(crm.console().get(path).expect(200).body())
                    .contains("pictures of " + SECOND)
                    .doesNotContain(FIRST);
        }
    }

    @Test
    void the_menu_names_it_once() {
        var before = crm.console().get("/console/customers").expect(200).body();
        assertThat(before).containsOnlyOnce("Gallery " + FIRST);
        replace(SECOND);
        var after = crm.console().get("/console/customers").expect(200).body();
        assertThat(after).containsOnlyOnce("Gallery " + SECOND).doesNotContain("Gallery " + FIRST);
        assertThat(after.split("\"/console/gallery\"", -1))
                .hasSameSizeAs(before.split("\"/console/gallery\"", -1));
    }

    @Test
    void a_send_under_way_ends_where_it_began_and_the_next_is_the_new_versions()
            throws IOException {
        var hold = Files.createFile(FOLDER.resolve("hold"));
        send("one");
        var delivering = CompletableFuture.runAsync(crm::deliverEvents, THREADS);
        while (!said("began").contains("one by " + FIRST)) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        var replaced = CompletableFuture.runAsync(() -> replace(SECOND), THREADS);
        while (!version().equals(SECOND)) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        send("two");
        assertThat(said("sent")).isEmpty();
        Files.delete(hold);
        replaced.join();
        delivering.join();
        crm.deliverEvents();
        assertThat(said("sent")).containsExactlyInAnyOrder("one by " + FIRST, "two by " + SECOND);
        assertThat(said("began")).containsExactly("one by " + FIRST, "two by " + SECOND);
    }

    private static void send(String name) {
        crm.admin().post("/gallery/pictures", new Gallery.Picture(name)).expect(200);
    }

    private static List<String> said(String file) throws IOException {
        var path = FOLDER.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    private static String version() {
        return crm.admin().get("/plugins/gallery").expect(200).text("/version");
    }

    @Test
    void a_fact_is_known_throughout() {
        var customer = Set.of(crm.customer());
        var stop = new AtomicBoolean();
        var versions =
                CompletableFuture.supplyAsync(() -> {
                    var told = new HashSet<String>();
                    while (!stop.get()) {
                        told.addAll(
                                crm.node()
                                        .work()
                                        .read(
                                                crm.node().core(),
                                                Cause.of(Area.CORE, Cause.Kind.REQUEST, null),
                                                read ->
                                                        read.ask(
                                                                "gallery.pictures",
                                                                String.class,
                                                                customer))
                                        .orElseThrow()
                                        .values());
                    }
                    return told;
                });
        try {
            IntStream.range(0, 8).forEach(round -> replace(round % 2 == 0 ? SECOND : FIRST));
        } finally {
            stop.set(true);
        }
        assertThat(versions.join()).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void a_version_that_does_not_know_a_setting_is_refused() {
        assertThatThrownBy(() -> replace(Gallery.PLAIN)).hasMessageContaining("colour");
        assertThat(version()).isEqualTo(FIRST);
        var page = crm.console().get("/console/gallery").expect(200).body();
        assertThat(page).contains("pictures of " + FIRST);
        var status = crm.admin().get("/plugins/gallery").expect(200);
        assertThat(status.text("/state")).isEqualTo("running");
        assertThat(status.text("/failedIn")).isEqualTo("register");
    }
}
