package dev.kith.core.cli.tell;

import dev.kith.core.client.Remote;
import dev.kith.core.settings.Settings;
import dev.kith.core.settings.SettingsReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to the server. */
public final class ToServer {

    @Option(names = "--config", paramLabel = "FILE", descriptionKey = "config")
    private @Nullable Path config;

    @Option(names = "--server", paramLabel = "URL", descriptionKey = "server")
    private @Nullable URI server;

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    public Settings settings() {
        return SettingsReader.ofProcess(Optional.ofNullable(config));
    }

    public Remote remote() {
        return remote(settings());
    }

    public Remote remote(Settings settings) {
        return new Remote(settings, Optional.ofNullable(server));
    }

    public boolean json() {
        return json;
    }
}
