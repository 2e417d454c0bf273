package dev.kith.core.cli.plugin;

import dev.kith.core.author.NewPlugin;
import dev.kith.core.author.Scaffold;
import dev.kith.core.cli.tell.Exit;
import dev.kith.core.cli.tell.Launcher;
import dev.kith.core.words.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the folder of a new plugin. */
@Command(name = "new", mixinStandardHelpOptions = true)
final class PluginNewCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", descriptionKey = "newPlugin")
    private String id = "";

    @Option(names = "--package", paramLabel = "NAME", descriptionKey = "javaPackage")
    private String packageName = "";

    @Option(names = "--dir", paramLabel = "FOLDER", descriptionKey = "newFolder")
    private @Nullable Path folder;

    @Override
    public Integer call() throws IOException {
        var plugin = new NewPlugin(id, packageName);
        var to = folder == null ? Path.of(id) : folder;
        new Scaffold(Path.of(System.getProperty("kith.home", ""))).write(plugin, to);
        spec.commandLine().getOut().println(Words.of("pluginMade", to, Launcher.path()));
        return Exit.DONE;
    }
}
