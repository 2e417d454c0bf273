package dev.kith.core.cli;

import dev.kith.core.cli.tell.CommandFailure;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.loading.PluginFolder;
import dev.kith.core.server.DatabaseRoles;
import dev.kith.core.settings.SettingsReader;
import dev.kith.core.words.Words;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "database", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
final class DatabaseCommand implements Runnable {

    private static final String UNDEFINED_FUNCTION = "42883";
    private static final String UNDEFINED_SCHEMA = "3F000";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), Words.of("missing", "kith database --help"));
    }

    @Command(name = "roles", mixinStandardHelpOptions = true)
    void roles(
            @Option(names = "--config", paramLabel = "FILE", descriptionKey = "config")
                    @Nullable Path config,
            @Parameters(paramLabel = "PLUGIN", arity = "0..*", descriptionKey = "rolesOf")
                    String @Nullable [] more) {
        var settings = SettingsReader.ofProcess(Optional.ofNullable(config));
        var out = spec.commandLine().getOut();
        var database = settings.database();
        if (database.embedded()) {
            out.println("-- " + Words.of("roles.embedded"));
            return;
        }
        var plugins = new TreeSet<>(PluginFolder.ids(settings.plugins().dir()));
        if (more != null) {
            for (var plugin : more) {
                if (!PluginFolder.isId(plugin)) {
                    throw new ParameterException(
                            spec.commandLine(), Words.of("roles.noId", plugin));
                }
                plugins.add(plugin);
            }
        }
        try {
            var statements = DatabaseRoles.missing(database, plugins);
            if (statements.isEmpty()) {
                out.println("-- " + Words.of("roles.none"));
                return;
            }
            out.println("-- " + Words.of("roles.say", database.user()));
            statements.forEach(statement -> out.println(statement + ";"));
            out.println("-- " + Words.of("roles.then"));
        } catch (SqlFailure e) {
            throw new CommandFailure(reason(e), e);
        }
    }

    private static String reason(SqlFailure failure) {
        var state = SqlFailure.state(failure);
        return state.equals(UNDEFINED_FUNCTION) || state.equals(UNDEFINED_SCHEMA)
                ? Words.of("roles.neverRan")
                : Words.of("roles.cannotAsk", state);
    }
}
