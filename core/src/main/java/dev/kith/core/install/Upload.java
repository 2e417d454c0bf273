package dev.kith.core.install;

import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.call.Audit;
import dev.kith.core.database.Tx;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.http.raw.RawExchange;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.http.raw.Told;
import dev.kith.core.packages.Description;
import dev.kith.core.packages.PackageLimit;
import dev.kith.core.packages.PackageStore;
import dev.kith.core.packages.Sha256;
import dev.kith.core.packages.StoredPackage;
import dev.kith.core.packages.WrongPackage;
import dev.kith.core.plugins.PluginsPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Takes a package in: its bytes are kept, its plan is the answer, and nothing of it is loaded. */
record Upload(Installer installer, PackageStore store, UnitOfWork work, Area core) {

    private static final String PATH = "/api/v1/plugins/packages";
    private static final Set<String> TYPES =
            Set.of("application/java-archive", "application/octet-stream");
    private static final Duration WITHIN = Duration.ofSeconds(60);

    /** How many packages may wait for somebody to install them. */
    static final int WAITING_MAX = 50;

    RawRoute route() {
        return RawRoute.of("POST", PATH, RawRoute.Gate.API, core.requests(), this::take)
                .needing(PluginsPlugin.INSTALL)
                .telling(
                        Told.making(
                                "Takes the bytes of a package, and loads nothing of it.",
                                "application/java-archive",
                                "application/json",
                                "What installing it would do; 200 if the package was there."))
                .upTo((int) PackageLimit.PACKAGE_BYTES.max())
                .within(WITHIN);
    }

    private void take(RawExchange exchange) {
        var type = exchange.header("Content-Type").orElse("").split(";", 2)[0].strip();
        if (!TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw StandardError.UNSUPPORTED_MEDIA_TYPE.because(
                    "the body must be application/java-archive");
        }
        var jar = exchange.body();
        try {
            var description = read(jar);
            var sha256 = Sha256.hex(jar);
            var cause = exchange.caller().cause(exchange.requestId());
            var isNew = work.write(core, cause, tx -> keep(tx, exchange, sha256, description, jar));
            var plan = core.json().write(installer.plan(sha256));
            exchange.header("Location", PATH + "/" + sha256);
            exchange.reply(
                    isNew ? 201 : 200, "application/json", plan.getBytes(StandardCharsets.UTF_8));
        } catch (WrongPackage e) {
            throw InstallError.WRONG_PACKAGE.because(e.reason());
        }
    }

    private boolean keep(
            Tx tx, RawExchange exchange, String sha256, Description description, byte[] jar) {
        if (store.find(sha256).isPresent()) {
            return false;
        }
        if (PackageStore.waiting(tx.sql()) >= WAITING_MAX) {
            throw InstallError.TOO_MANY_PACKAGES.because(
                    "%d packages wait already; install or delete some".formatted(WAITING_MAX));
        }
        var about =
                new StoredPackage(
                        sha256,
                        description.id(),
                        description.version(),
                        jar.length,
                        tx.actor().toString(),
                        tx.now());
        Audit.record(tx, exchange.asked(), "POST " + PATH, PATH + "/" + sha256, null, null);
        return store.put(tx.sql(), about, jar);
    }

    private static Description read(byte[] jar) {
        try {
            var file = Files.createTempFile("kith-package", ".jar");
            try {
                Files.write(file, jar);
                return Candidate.read(file).description();
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
