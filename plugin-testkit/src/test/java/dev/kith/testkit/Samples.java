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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jooq.impl.DSL;

/** Small plugins, good and bad, and a way to lay them out as a build would. */
final class Samples {

    static final Permission READ = new Permission("sample:read", "Read samples");

    private Samples() {}

    /** Writes a plugin as a folder of classes. */
    static Path write(Path parent, String id, Class<? extends CrmPlugin> type, String... more) {
        try {
            var folder = Files.createDirectories(parent.resolve(id));
            copyClass(folder, type);
            for (var nested : type.getDeclaredClasses()) {
                copyClass(folder, nested);
            }
            copyClass(folder, Note.class);
            var manifest = new Manifest();
            var main = manifest.getMainAttributes();
            main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            main.putValue("Plugin-Id", id);
            main.putValue("Plugin-Version", "1.2.3");
            main.putValue("Plugin-Class", type.getName());
            main.putValue("Plugin-Requires", ">=0.1.0 & <0.2.0");
            for (var i = 0; i < more.length; i += 2) {
                main.putValue(more[i], more[i + 1]);
            }
            Files.createDirectories(folder.resolve("META-INF"));
            try (var out = Files.newOutputStream(folder.resolve("META-INF/MANIFEST.MF"))) {
                manifest.write(out);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a migration to a plugin that was written. */
    static void migration(Path plugin, String name, String sql) {
        try {
            var folder = plugin.resolve("db").resolve(plugin.getFileName().toString());
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), sql);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that works. */
    static Path good(Path parent) {
        var plugin = write(parent, "good", Good.class);
        migration(plugin, "V1__notes.sql", "create table good.note (text text not null)");
        return plugin;
    }

    static void copyClass(Path folder, Class<?> type) throws IOException {
        var name = type.getName().replace('.', '/') + ".class";
        var target = folder.resolve(name);
        Files.createDirectories(target.getParent());
        try (var in = type.getClassLoader().getResourceAsStream(name)) {
            Files.copy(java.util.Objects.requireNonNull(in), target);
        }
    }

    record Note(String text) {}

    /** Uses a bit of everything. */
    public static final class Good implements CrmPlugin {
        @Override
        public void register(Crm crm) {
            var read = new Permission("good:read", "Read notes");
            crm.get("/notes/{note}", read, Note.class, Good::note);
            crm.publishes("note.taken", Note.class);
            crm.on("note.taken", Note.class, "count", Good::count);
            crm.fact("notes", Long.class, "How many notes", Good::notes);
            crm.audience("good.notes > 3 || true");
        }

        static Note note(Read read, Request request) {
            return new Note(request.path("note"));
        }

        static void count(Transaction tx, Event<Note> event) {
            tx.sql()
                    .execute(
                            "insert into good.note (text) values ({0})",
                            DSL.val(event.payload().text()));
        }

        static Map<CustomerId, Long> notes(Read read, Set<CustomerId> customers) {
            var notes = new HashMap<CustomerId, Long>();
            customers.forEach(customer -> notes.put(customer, 7L));
            return notes;
        }
    }

    /** Minds its own business. */
    public static final class Quiet implements CrmPlugin {
        @Override
        public void register(Crm crm) {
            crm.publishes("nothing.said", Note.class);
        }
    }

    /** Comes when the name it wants may be taken. */
    public static final class Later implements CrmPlugin {
        @Override
        public void register(Crm crm) {
            crm.publishes("hour.struck", Note.class);
        }
    }

    /** Fails everywhere, each time with somebody's name in the message. */
    public static final class Telltale implements CrmPlugin {

        static final String CANARY = "Canary Zhang";
        static final String FAILS_AT_START = "telltale.failsAtStart";

        @Override
        public void register(Crm crm) {
            if (Boolean.getBoolean(FAILS_AT_START)) {
                throw told();
            }
            var read = new Permission("telltale:read", "Be told");
            crm.get(
                    "/names",
                    read,
                    Note.class,
                    (reading, request) -> {
                        throw told();
                    });
            crm.fact(
                    "name",
                    String.class,
                    "Somebody's name",
                    (reading, customers) -> {
                        throw told();
                    });
            crm.publishes("name.told", Note.class);
            crm.on(
                    "name.told",
                    Note.class,
                    "listen",
                    (tx, event) -> {
                        throw told();
                    });
        }

        @Override
        public void stop() {
            throw told();
        }

        private static IllegalStateException told() {
            return new IllegalStateException("no row for " + CANARY, new Exception(CANARY));
        }
    }

    /** Declares half of what it has and then fails. */
    public static final class Failing implements CrmPlugin {
        @Override
        public void register(Crm crm) {
            crm.publishes("half.done", Note.class);
            throw new IllegalStateException("the disk is full");
        }
    }

    /** Wants a topic that belongs to another. */
    public static final class Thief implements CrmPlugin {
        @Override
        public void register(Crm crm) {
            crm.publishes("note.taken", Note.class);
            crm.publishes("Not a topic", Note.class);
        }
    }

    /** Looks for what it should not see. */
    public static final class Curious implements CrmPlugin {

        private static final List<String> SECRETS =
                List.of(
                        "dev.kith.core.server.Node",
                        "dev.kith.testkit.TestCrm",
                        "com.zaxxer.hikari.HikariDataSource",
                        "org.pf4j.Plugin",
                        "io.vertx.core.Vertx");

        @Override
        public void register(Crm crm) {
            for (var name : SECRETS) {
                try {
                    Class.forName(name, false, Curious.class.getClassLoader());
                    throw new IllegalStateException("sees " + name);
                } catch (ClassNotFoundException expected) {
                    crm.publishes("secret.kept" + name.length(), Note.class);
                }
            }
        }
    }

    /** Never comes back from its provider in time. */
    public static final class Slow implements CrmPlugin {
        @Override
        public void register(Crm crm) {
            crm.fact("mood", String.class, "How it feels", Slow::mood);
            crm.fact("broken", Long.class, "Never known", Slow::broken);
        }

        static Map<CustomerId, String> mood(Read read, Set<CustomerId> customers) {
            try {
                new CountDownLatch(1).await();
                return Map.of();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted, as it should be", e);
            }
        }

        static Map<CustomerId, Long> broken(Read read, Set<CustomerId> customers) {
            return read.ask("good.notes", Long.class, customers).orElseThrow();
        }
    }
}
