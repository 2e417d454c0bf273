package dev.kith.core.client;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.api.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * {@code <data>/run}: where the server is, and a token that lets whoever may read it in as an
 * administrator. The server writes them at start, commands on the same machine read them. Both files
 * belong to their owner alone (0600, in a folder of 0700).
 */
public final class RunFolder {

    private static final int TOKEN_BYTES = 32;

    private final Path folder;
    private final Path token;
    private final Path server;
    private final JsonMapper json = new JsonMapper();

    public RunFolder(Path data) {
        folder = data.resolve("run");
        token = folder.resolve("token");
        server = folder.resolve("server.json");
    }

    /**
     * The local administrator's token, made if there is none yet. It stays over restarts, so nodes
     * that share the folder share it; delete the file and restart to replace it.
     */
    public Secret token() {
        try {
            var found = findToken();
            if (found.isPresent()) {
                return found.get();
            }
            var bytes = new byte[TOKEN_BYTES];
            new SecureRandom().nextBytes(bytes);
            var text = "kith_local_" + HexFormat.of().formatHex(bytes);
            write(token, text + "\n");
            return new Secret(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says where the server listens. */
    public void announce(URI address) {
        try {
            var content = Map.of("url", address.toString(), "pid", ProcessHandle.current().pid());
            write(server, json.writeValueAsString(content) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes back what {@link #announce} said, unless another node has spoken since. */
    public void withdraw() {
        try {
            var content = json.readTree(Files.readString(server));
            if (content.path("pid").asLong() == ProcessHandle.current().pid()) {
                Files.delete(server);
            }
        } catch (NoSuchFileException e) {
            // Nothing was announced.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Secret> findToken() throws IOException {
        try {
            var text = Files.readString(token).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    Optional<URI> findServer() throws IOException {
        try {
            var url = json.readTree(Files.readString(server)).path("url");
            return url.isTextual() ? Optional.of(URI.create(url.asText())) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    // Made under another name with the right permissions from the first byte, then moved, so that
    // no
    // reader sees it half written or open to others.
    private void write(Path file, String content) throws IOException {
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        var draft = Files.createTempFile(folder, file.getFileName().toString(), ".new", ownerOnly);
        Files.writeString(draft, content);
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
