package dev.kith.core.cli;

import dev.kith.core.cli.tell.Exit;
import dev.kith.core.cli.tell.ToServer;
import dev.kith.core.words.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "health", mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {

    private static final int OK = 200;

    @Mixin private final ToServer server = new ToServer();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var remote = server.remote();
        var answer = remote.raw("/health/ready");
        var out = spec.commandLine().getOut();
        var ready = answer.statusCode() == OK;
        if (!server.json()) {
            out.println(Words.of(ready ? "ready" : "notReady", remote.address()));
        }
        out.println(answer.body().strip());
        return ready ? Exit.DONE : Exit.FAILED;
    }
}
