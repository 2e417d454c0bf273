package dev.kith.core.cli;

import dev.kith.core.cli.plugin.PluginCommand;
import dev.kith.core.cli.tell.Arguments;
import dev.kith.core.cli.tell.Failures;
import dev.kith.core.words.Words;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands. */
@Command(
        name = "kith",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        resourceBundle = "text.cli",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            ImportCommand.class,
            DemoCommand.class,
            KeyCommand.class,
            PluginCommand.class,
            DatabaseCommand.class,
            DevCommand.class,
            SubscriptionCommand.class,
            ConsoleLinkCommand.class,
            HealthCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Kith implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    private Kith() {}

    public static void main(String[] arguments) {
        var plainServe = plainServe(arguments);
        System.exit(plainServe.isPresent() ? plainServe.get() : run(arguments));
    }

    // Most starts are `kith serve`, and they need not wait for picocli to read annotations.
    private static Optional<Integer> plainServe(String[] arguments) {
        if (arguments.length == 1 && arguments[0].equals("serve")) {
            return Optional.of(Failures.caught(() -> Serve.run(Optional.empty())));
        }
        if (arguments.length == 3
                && arguments[0].equals("serve")
                && arguments[1].equals("--config")) {
            var config = Optional.of(Path.of(arguments[2]));
            return Optional.of(Failures.caught(() -> Serve.run(config)));
        }
        return Optional.empty();
    }

    static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        var line = new CommandLine(new Kith());
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        Arguments.readBy(line);
        line.setExecutionExceptionHandler(
                (e, command, parsed) -> Failures.say(e, command.getErr()));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), Words.of("missing", "kith --help"));
    }
}
