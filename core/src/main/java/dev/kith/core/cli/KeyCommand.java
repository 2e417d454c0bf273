package dev.kith.core.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.core.cli.tell.Output;
import dev.kith.core.cli.tell.ToServer;
import dev.kith.core.words.Words;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "key", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
final class KeyCommand implements Runnable {

    private static final String KEYS = "/api/v1/keys";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), Words.of("missing", "kith key --help"));
    }

    @Command(name = "create", mixinStandardHelpOptions = true)
    void create(
            @Mixin ToServer server,
            @Parameters(paramLabel = "NAME", descriptionKey = "name") String name,
            @Option(
                            names = {"-p", "--permission"},
                            paramLabel = "PERMISSION",
                            split = ",",
                            descriptionKey = "permission")
                    @Nullable List<String> permissions,
            @Option(
                            names = {"-t", "--topic"},
                            paramLabel = "TOPIC",
                            split = ",",
                            descriptionKey = "topic")
                    @Nullable List<String> topics,
            @Option(names = "--expires-in", paramLabel = "DURATION", descriptionKey = "expiresIn")
                    @Nullable Duration expiresIn) {
        var wanted = new LinkedHashMap<String, Object>();
        var may = permissions == null ? List.<String>of() : permissions;
        var publishes = topics == null ? List.<String>of() : topics;
        wanted.put("name", name);
        wanted.put("permissions", may);
        wanted.put("topics", publishes);
        if (expiresIn != null) {
            if (!expiresIn.isPositive()) {
                throw new ParameterException(spec.commandLine(), Words.of("expiresNever"));
            }
            wanted.put("expiresAt", Clock.systemUTC().instant().plus(expiresIn).toString());
        }
        var remote = server.remote();
        // Asked before: once the key is made, nothing may keep it from being shown.
        var warnings = KeyWarnings.of(remote, may, publishes);
        var made = remote.post(KEYS, wanted);
        warnings.forEach(spec.commandLine().getErr()::println);
        var out = spec.commandLine().getOut();
        if (server.json()) {
            Output.json(out, made);
        } else {
            out.println(made.path("key").asText());
            spec.commandLine().getErr().println(Words.of("keyShownOnce"));
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true)
    void list(@Mixin ToServer server) {
        var keys = Output.items(server.remote(), KEYS);
        var out = spec.commandLine().getOut();
        if (server.json()) {
            Output.json(out, keys);
        } else {
            Output.table(
                    out,
                    keys,
                    List.of(
                            "name",
                            "permissions",
                            "topics",
                            "createdAt",
                            "expiresAt",
                            "revokedAt"));
        }
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true)
    void revoke(
            @Mixin ToServer server,
            @Parameters(paramLabel = "NAME", descriptionKey = "nameOrId") String name) {
        var remote = server.remote();
        var id = name;
        for (var key : Output.items(remote, KEYS)) {
            if (key.path("name").asText().equals(name)) {
                id = key.path("id").asText();
            }
        }
        JsonNode revoked = remote.post(KEYS + "/" + Output.encoded(id) + "/revoke", null);
        var out = spec.commandLine().getOut();
        if (server.json()) {
            Output.json(out, revoked);
        } else {
            out.println(Words.of("keyRevoked", revoked.path("name").asText()));
        }
    }
}
