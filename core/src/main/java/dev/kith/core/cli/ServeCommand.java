package dev.kith.core.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "serve", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", descriptionKey = "config")
    private @Nullable Path config;

    @Override
    public Integer call() {
        return Serve.run(Optional.ofNullable(config));
    }
}
