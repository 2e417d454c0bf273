package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.impl.DSL;

/**
 * A plugin in several versions, which are told apart by a file in each. It writes down whatever it is
 * given, so that anything lost, doubled or out of order can be seen.
 */
public final class Tally implements CrmPlugin {

    static final String VERSION_FILE = "tally-version";

    /** The version that listens to one more subscription. */
    static final String CURIOUS = "1.5.0";

    /** The version that has another route and not the old one. */
    static final String NEWER = "2.0.0";

    /** The version that does not start. */
    static final String BROKEN = "3.0.0";

    static final String TABLES =
            """
            create table tally.applied (
                line bigserial primary key, customer_id uuid not null, number int not null,
                version text not null);
            create table tally.listened (number int not null);
            create table tally.fired (version text not null);
            create table tally.gate (name text primary key);
            insert into tally.gate values ('request'), ('delivery');
            """;

    static final String MORE = "alter table tally.applied add column note text;";

    private static final Permission USE = new Permission("tally:use", "Count");

    public record Bump(CustomerId customer, int number) {}

    public record Bumped(int number) {}

    public record Version(String version) {}

    private final String version = version();

    /** A folder of classes of one version. */
    static Path write(Path parent, String version) {
        try {
            var folder = Files.createTempDirectory(parent, "v");
            var plugin = Samples.write(folder, "tally", Tally.class, "Plugin-Version", version);
            Files.writeString(plugin.resolve(VERSION_FILE), version);
            Samples.migration(plugin, "V1__tally.sql", TABLES);
            if (version.compareTo(NEWER) >= 0) {
                Samples.migration(plugin, "V2__note.sql", MORE);
            }
            return plugin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version() {
        try (var in = Tally.class.getResourceAsStream("/" + VERSION_FILE)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void register(Crm crm) {
        crm.get("/version", USE, Version.class, (read, request) -> new Version(version));
        crm.post("/bumps", USE, Bump.class, Version.class, this::bump);
        crm.post("/waits", USE, Bumped.class, Version.class, this::await);
        crm.publishes("tally.bumped", Bumped.class);
        crm.on("tally.bumped", Bumped.class, "apply", this::apply);
        crm.every(Duration.ofMinutes(10), "fire", this::fire);
        crm.fact("counted", Long.class, "How much was counted", Tally::counted);
        if (version.equals(NEWER)) {
            crm.get("/newer", USE, Version.class, (read, request) -> new Version(version));
        } else {
            crm.get("/older", USE, Version.class, (read, request) -> new Version(version));
        }
        if (version.equals(CURIOUS)) {
            crm.on("tally.bumped", Bumped.class, "listen", Tally::listen);
        }
        if (version.equals(BROKEN)) {
            throw new IllegalStateException("the disk is full");
        }
    }

    private Version bump(Transaction tx, Request request, Bump bump) {
        tx.publish("tally.bumped", bump.customer(), new Bumped(bump.number()));
        return new Version(version);
    }

    private Version await(Transaction tx, Request request, Bumped bumped) {
        pass(tx, "request");
        tx.publish("tally.bumped", null, bumped);
        return new Version(version);
    }

    private static void pass(Transaction tx, String gate) {
        tx.sql().fetch("select name from tally.gate where name = {0} for update", DSL.val(gate));
    }

    private void apply(Transaction tx, Event<Bumped> event) {
        pass(tx, "delivery");
        var customer = event.customer();
        if (customer != null) {
            tx.sql()
                    .execute(
                            "insert into tally.applied (customer_id, number, version)"
                                    + " values ({0}, {1}, {2})",
                            DSL.val(customer.value()),
                            DSL.val(event.payload().number()),
                            DSL.val(version));
        }
    }

    private static void listen(Transaction tx, Event<Bumped> event) {
        tx.sql()
                .execute(
                        "insert into tally.listened (number) values ({0})",
                        DSL.val(event.payload().number()));
    }

    private void fire(Transaction tx) {
        tx.sql().execute("insert into tally.fired (version) values ({0})", DSL.val(version));
    }

    private static Map<CustomerId, Long> counted(Read read, Set<CustomerId> customers) {
        var counted = new HashMap<CustomerId, Long>();
        customers.forEach(customer -> counted.put(customer, 1L));
        return counted;
    }
}
