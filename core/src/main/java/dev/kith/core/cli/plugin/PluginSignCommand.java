package dev.kith.core.cli.plugin;

import dev.kith.core.cli.tell.Exit;
import dev.kith.core.packages.Sha256;
import dev.kith.core.packages.signature.Signing;
import dev.kith.core.packages.signature.SigningKey;
import dev.kith.core.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs a package. */
@Command(name = "sign", mixinStandardHelpOptions = true)
final class PluginSignCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "JAR", descriptionKey = "package")
    private Path jar = Path.of("");

    @Option(names = "--key", paramLabel = "FILE", required = true, descriptionKey = "keyFile")
    private Path key = Path.of("");

    @Override
    public Integer call() throws IOException {
        var signing = SigningKey.read(key);
        Signing.sign(jar, signing);
        var sha256 = Sha256.hex(Files.readAllBytes(jar));
        spec.commandLine().getOut().println(Words.of("signed", jar, signing.id(), sha256));
        return Exit.DONE;
    }
}
