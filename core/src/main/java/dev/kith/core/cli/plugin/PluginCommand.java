package dev.kith.core.cli.plugin;

import dev.kith.core.cli.tell.Output;
import dev.kith.core.cli.tell.ToServer;
import dev.kith.core.words.Words;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "plugin",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PluginNewCommand.class,
            PluginInstallCommand.class,
            PluginReplaceCommand.class,
            PluginRemoveCommand.class,
            PluginKeygenCommand.class,
            PluginSignCommand.class,
            PluginVerifyCommand.class
        })
public final class PluginCommand implements Runnable {

    static final String PLUGINS = "/api/v1/plugins";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), Words.of("missing", "kith plugin --help"));
    }

    @Command(name = "list", mixinStandardHelpOptions = true)
    void list(@Mixin ToServer server) {
        var plugins = Output.items(server.remote(), PLUGINS);
        var out = spec.commandLine().getOut();
        if (server.json()) {
            Output.json(out, plugins);
        } else {
            Output.table(out, plugins, List.of("id", "version", "state", "decidedBy", "reason"));
        }
    }

    @Command(name = "info", mixinStandardHelpOptions = true)
    void info(
            @Mixin ToServer server,
            @Parameters(paramLabel = "ID", descriptionKey = "plugin") String id) {
        var plugin = server.remote().get(PLUGINS + "/" + Output.encoded(id));
        var out = spec.commandLine().getOut();
        if (server.json()) {
            Output.json(out, plugin);
        } else {
            PluginText.status(out, plugin);
        }
    }

    @Command(name = "restore", mixinStandardHelpOptions = true)
    void restore(
            @Mixin ToServer server,
            @Parameters(paramLabel = "ID", descriptionKey = "plugin") String id,
            @Option(names = "--purged", descriptionKey = "purgedData") boolean purged) {
        if (!purged) {
            turn(spec, server, id, "restore");
            return;
        }
        var path = PLUGINS + "/" + Output.encoded(id) + "/exchange";
        var removal = server.remote().post(path, null);
        var out = spec.commandLine().getOut();
        if (server.json()) {
            Output.json(out, removal);
        } else {
            out.println(Words.of("exchanged", id, removal.path("droppedAt").asText()));
        }
    }

    @Command(name = "removed", mixinStandardHelpOptions = true)
    void removed(@Mixin ToServer server) {
        var removed = Output.items(server.remote(), PLUGINS + "/removed");
        var out = spec.commandLine().getOut();
        if (server.json()) {
            Output.json(out, removed);
        } else {
            Output.table(
                    out,
                    removed,
                    List.of("plugin", "version", "removedBy", "removedAt", "droppedAt"));
        }
    }

    @Command(name = "enable", mixinStandardHelpOptions = true)
    void enable(
            @Mixin ToServer server,
            @Parameters(paramLabel = "ID", descriptionKey = "plugin") String id) {
        turn(spec, server, id, "enable");
    }

    @Command(name = "disable", mixinStandardHelpOptions = true)
    void disable(
            @Mixin ToServer server,
            @Parameters(paramLabel = "ID", descriptionKey = "plugin") String id) {
        turn(spec, server, id, "disable");
    }

    static void turn(CommandSpec spec, ToServer server, String id, String verb) {
        var path = PLUGINS + "/" + Output.encoded(id) + "/" + verb;
        var plugin = server.remote().post(path, null);
        var out = spec.commandLine().getOut();
        if (server.json()) {
            Output.json(out, plugin);
        } else {
            out.println(id + ": " + plugin.path("state").asText());
        }
    }
}
