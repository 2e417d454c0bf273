package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import dev.kith.api.View;
import dev.kith.testkit.jte.JtegalleryGenerated;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A plugin in several versions that shows itself everywhere, and sends. */
public final class Gallery implements CrmPlugin {

    /** The version that knows one setting less. */
    static final String PLAIN = "3.0.0";

    private static final String VERSION_FILE = "gallery-version";
    private static final Permission SEE = new Permission("gallery:see", "See pictures");

    /**
     * @param folder where {@code sent} is written, and {@code hold} holds the sender up
     */
    record Frame(String folder, String colour) {}

    record Plain(String folder) {}

    public record Picture(String name) {}

    private final String version = version();
    private Path folder = Path.of("");

    static Path write(Path parent, String version) {
        try {
            var above = Files.createTempDirectory(parent, "g");
            var plugin = Samples.write(above, "gallery", Gallery.class, "Plugin-Version", version);
            Samples.copyClass(plugin, JtegalleryGenerated.class);
            Files.writeString(plugin.resolve(VERSION_FILE), version);
            Files.createDirectories(plugin.resolve("text"));
            for (var language : Set.of("en", "zh_CN")) {
                Files.writeString(
                        plugin.resolve("text/gallery_%s.properties".formatted(language)),
                        "gallery.title=Gallery %s\n".formatted(version));
            }
            return plugin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version() {
        try (var in = Gallery.class.getResourceAsStream("/" + VERSION_FILE)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void register(Crm crm) {
        folder =
                Path.of(
                        version.equals(PLAIN)
                                ? crm.config(Plain.class).folder()
                                : crm.config(Frame.class).folder());
        crm.page("/", SEE, "gallery.title", this::view);
        crm.customerPanel(SEE, "gallery.title", (read, customer) -> view());
        crm.card(SEE, "gallery.title", this::view);
        crm.publicPage("/", "gallery.title", this::view);
        crm.fact("pictures", String.class, "Which version shows them", this::pictures);
        crm.action("/pictures", SEE, Picture.class, Picture.class, Gallery::send);
        crm.sends("hang", Picture.class, this::hang);
    }

    private View view(Read read, Request request) {
        return view();
    }

    private View view() {
        return View.of("gallery.jte", "version", version);
    }

    private Map<CustomerId, String> pictures(Read read, Set<CustomerId> customers) {
        var pictures = new HashMap<CustomerId, String>();
        customers.forEach(customer -> pictures.put(customer, version));
        return pictures;
    }

    private static Picture send(Transaction tx, Request request, Picture picture) {
        tx.send("hang", picture);
        return picture;
    }

    private void hang(UUID id, Picture picture) throws IOException {
        say("began", picture);
        while (Files.exists(folder.resolve("hold"))) {
            LockSupport.parkNanos(5_000_000);
        }
        say("sent", picture);
    }

    private void say(String file, Picture picture) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "%s by %s\n".formatted(picture.name(), version),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
