package dev.kith.core.cli;

import dev.kith.core.cli.tell.Output;
import dev.kith.core.cli.tell.ToServer;
import java.net.URI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "console-link", mixinStandardHelpOptions = true)
final class ConsoleLinkCommand implements Runnable {

    @Mixin private final ToServer server = new ToServer();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        var settings = server.settings();
        var remote = server.remote(settings);
        var link = remote.post("/api/v1/login-links", null);
        var base = settings.http().publicUrl();
        var url =
                (base.isEmpty() ? remote.address() : URI.create(base))
                        .resolve(link.path("path").asText());
        var out = spec.commandLine().getOut();
        if (server.json()) {
            Output.json(
                    out,
                    ((com.fasterxml.jackson.databind.node.ObjectNode) link)
                            .put("url", url.toString()));
        } else {
            out.println(url);
        }
    }
}
