package dev.kith.core.cli.plugin;

import dev.kith.core.cli.tell.Exit;
import dev.kith.core.packages.Archive;
import dev.kith.core.packages.Sha256;
import dev.kith.core.settings.SettingsReader;
import dev.kith.core.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what the settings' trusted keys make of a package. */
@Command(name = "verify", mixinStandardHelpOptions = true)
final class PluginVerifyCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "JAR", descriptionKey = "package")
    private Path jar = Path.of("");

    @Option(names = "--config", paramLabel = "FILE", descriptionKey = "config")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException {
        var trust = SettingsReader.ofProcess(Optional.ofNullable(config)).plugins().trust();
        var archive = Archive.read(jar);
        var verdict = trust.judge(archive, Sha256.hex(Files.readAllBytes(jar)));
        var out = spec.commandLine().getOut();
        if (verdict.reason().isEmpty()) {
            out.println(Words.of("trusted", jar, String.valueOf(verdict.keyId())));
            return Exit.DONE;
        }
        out.println(Words.of("notTrusted", jar, verdict.reason()));
        return Exit.FAILED;
    }
}
