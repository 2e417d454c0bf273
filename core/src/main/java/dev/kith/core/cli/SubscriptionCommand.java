package dev.kith.core.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.core.cli.tell.Output;
import dev.kith.core.cli.tell.ToServer;
import dev.kith.core.words.Words;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "subscription",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class SubscriptionCommand implements Runnable {

    private static final String SUBSCRIPTIONS = "/api/v1/subscriptions";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), Words.of("missing", "kith subscription --help"));
    }

    @Command(name = "list", mixinStandardHelpOptions = true)
    void list(@Mixin ToServer server) {
        show(
                server,
                SUBSCRIPTIONS,
                List.of(
                        "name",
                        "topic",
                        "state",
                        "lag",
                        "retrying",
                        "waiting",
                        "parked",
                        "pausedReason"));
    }

    @Command(name = "parked", mixinStandardHelpOptions = true)
    void parked(
            @Mixin ToServer server,
            @Parameters(paramLabel = "NAME", descriptionKey = "subscription") String name) {
        show(
                server,
                path(name) + "/parked",
                List.of("eventId", "customerId", "state", "attempts", "setAsideAt", "error"));
    }

    @Command(name = "retry", mixinStandardHelpOptions = true)
    void retry(
            @Mixin ToServer server,
            @Parameters(paramLabel = "NAME", descriptionKey = "subscription") String name,
            @Parameters(paramLabel = "EVENT", descriptionKey = "event") String event) {
        var parked = path(name) + "/parked/" + Output.encoded(event);
        say(server, server.remote().post(parked + "/retry", null), "retried");
    }

    @Command(name = "skip", mixinStandardHelpOptions = true)
    void skip(
            @Mixin ToServer server,
            @Parameters(paramLabel = "NAME", descriptionKey = "subscription") String name,
            @Parameters(paramLabel = "EVENT", descriptionKey = "event") String event,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            descriptionKey = "reason")
                    String reason) {
        var parked = path(name) + "/parked/" + Output.encoded(event);
        say(server, server.remote().post(parked + "/skip", Map.of("reason", reason)), "skipped");
    }

    @Command(name = "pause", mixinStandardHelpOptions = true)
    void pause(
            @Mixin ToServer server,
            @Parameters(paramLabel = "NAME", descriptionKey = "subscription") String name) {
        say(server, server.remote().post(path(name) + "/pause", null), "paused");
    }

    @Command(name = "resume", mixinStandardHelpOptions = true)
    void resume(
            @Mixin ToServer server,
            @Parameters(paramLabel = "NAME", descriptionKey = "subscription") String name) {
        say(server, server.remote().post(path(name) + "/resume", null), "resumed");
    }

    private void show(ToServer server, String path, List<String> fields) {
        var items = Output.items(server.remote(), path);
        var out = spec.commandLine().getOut();
        if (server.json()) {
            Output.json(out, items);
        } else {
            Output.table(out, items, fields);
        }
    }

    private void say(ToServer server, JsonNode answer, String word) {
        var out = spec.commandLine().getOut();
        if (server.json()) {
            Output.json(out, answer);
        } else {
            out.println(Words.of(word));
        }
    }

    private static String path(String name) {
        return SUBSCRIPTIONS + "/" + Output.encoded(name);
    }
}
