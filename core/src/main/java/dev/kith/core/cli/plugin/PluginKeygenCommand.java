package dev.kith.core.cli.plugin;

import dev.kith.core.cli.tell.CommandFailure;
import dev.kith.core.cli.tell.Exit;
import dev.kith.core.cli.tell.NewFile;
import dev.kith.core.packages.signature.PublicKeyText;
import dev.kith.core.packages.signature.SigningKey;
import dev.kith.core.words.Words;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a key to sign packages with. */
@Command(name = "keygen", mixinStandardHelpOptions = true)
final class PluginKeygenCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", descriptionKey = "keyFile")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        NewFile.check(file);
        var key = SigningKey.generate();
        try {
            key.write(file);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(Words.of("fileIsThere", file), e);
        }
        var out = spec.commandLine().getOut();
        out.println(Words.of("keyMade", file, key.id()));
        out.println(PublicKeyText.of(key.publicKey()));
        return Exit.DONE;
    }
}
