package dev.kith.core.cli.plugin;

import dev.kith.core.cli.tell.ToServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Installs a package, whether its plugin is there already or not. */
@Command(name = "install", mixinStandardHelpOptions = true)
final class PluginInstallCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ToServer server = new ToServer();

    @Mixin private Acceptance acceptance = new Acceptance();

    @Parameters(paramLabel = "JAR", descriptionKey = "package")
    private Path jar = Path.of("");

    @Override
    public Integer call() throws IOException {
        return acceptance.install(server, jar, spec.commandLine().getOut(), plan -> {});
    }
}
