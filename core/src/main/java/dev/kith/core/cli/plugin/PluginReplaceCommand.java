package dev.kith.core.cli.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.core.cli.tell.CommandFailure;
import dev.kith.core.cli.tell.Exit;
import dev.kith.core.cli.tell.ToServer;
import dev.kith.core.words.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts another package in the place of a plugin that is there, or loads it again. */
@Command(name = "replace", mixinStandardHelpOptions = true)
final class PluginReplaceCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ToServer server = new ToServer();

    @Mixin private Acceptance acceptance = new Acceptance();

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "plugin")
    private String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "JAR", descriptionKey = "newPackage")
    private @Nullable Path jar;

    @Override
    public Integer call() throws IOException {
        if (jar != null) {
            return acceptance.install(server, jar, spec.commandLine().getOut(), this::check);
        }
        if (acceptance.planOnly()) {
            throw new ParameterException(spec.commandLine(), Words.of("planOfNothing"));
        }
        PluginCommand.turn(spec, server, id, "replace");
        return Exit.DONE;
    }

    private void check(JsonNode plan) {
        var is = plan.path("plugin").asText();
        if (!is.equals(id)) {
            throw new CommandFailure(Words.of("anotherPlugin", is, id));
        }
        if (plan.path("installedVersion").asText("").isEmpty()) {
            throw new CommandFailure(Words.of("nothingToReplace", id));
        }
    }
}
