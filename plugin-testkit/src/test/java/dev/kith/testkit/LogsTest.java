package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kith.api.CustomerId;
import dev.kith.core.area.Area;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** A plugin that fails with somebody's name in its message does not get it into the log. */
final class LogsTest {

    private static final Path FOLDER = Scratch.folder();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins(Samples.write(FOLDER, "telltale", Samples.Telltale.class));

    private final ListAppender<ILoggingEvent> seen = new ListAppender<>();
    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.kith");

    @BeforeEach
    void listen() {
        seen.start();
        ours.addAppender(seen);
    }

    @AfterEach
    void stop() {
        ours.detachAppender(seen);
    }

    private List<String> log() {
        return List.copyOf(seen.list).stream()
                .map(event -> event.getFormattedMessage() + " " + event.getThrowableProxy())
                .toList();
    }

    private void assertSilent(String where) {
        assertThat(log()).anyMatch(line -> line.contains(where));
        assertThat(log()).noneMatch(line -> line.contains(Samples.Telltale.CANARY));
    }

    @Test
    void a_provider_of_facts() {
        var customer = new CustomerId(Ids.next());
        var cause = Cause.of(Area.CORE, Cause.Kind.REQUEST, null);
        var answer =
                crm.node()
                        .work()
                        .read(
                                crm.node().core(),
                                cause,
                                read -> read.ask("telltale.name", String.class, Set.of(customer)));
        assertThat(answer).isEmpty();
        assertSilent("fact telltale.name is unknown");
    }

    @Test
    void a_route() {
        crm.admin().get("/telltale/names").expect(500);
        assertSilent("Telltale");
    }

    @Test
    void a_delivery() {
        crm.publish("name.told", crm.customer(), new Samples.Note(Samples.Telltale.CANARY));
        crm.deliverEvents();
        assertSilent("telltale.listen");
    }

    @Test
    void a_stop_and_a_start() {
        System.setProperty(Samples.Telltale.FAILS_AT_START, "true");
        try {
            crm.admin().post("/plugins/telltale/disable").expect(200);
            crm.admin().post("/plugins/telltale/enable");
            assertSilent("telltale does not start");
            assertThat(log()).anyMatch(line -> line.contains("telltale failed in stop"));
        } finally {
            System.clearProperty(Samples.Telltale.FAILS_AT_START);
            crm.admin().post("/plugins/telltale/enable").expect(200);
        }
    }
}
