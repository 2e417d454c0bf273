package dev.kith.core.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.core.cli.tell.Exit;
import dev.kith.core.cli.tell.Output;
import dev.kith.core.cli.tell.ToServer;
import dev.kith.core.demo.Demo;
import dev.kith.core.words.Words;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "demo", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Mixin private final ToServer server = new ToServer();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var settings = server.settings();
        var remote = server.remote(settings);
        var err = spec.commandLine().getErr();
        var demo =
                new Demo(
                        remote,
                        settings.zone(),
                        Instant.now(),
                        what -> err.println(Words.of("demo.doing." + what)));
        var made = demo.run();
        var out = spec.commandLine().getOut();
        if (server.json()) {
            Output.json(out, new JsonMapper().valueToTree(made));
            return Exit.DONE;
        }
        out.println(Words.of("demo.done"));
        made.forEach((what, many) ->
                out.println("  %-28s %,10d".formatted(Words.of("demo.made." + what), many)));
        out.println(Words.of("demo.next", remote.address()));
        return Exit.DONE;
    }
}
