package dev.kith.core.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Uploads a package, shows the plan, and installs it when it is accepted. */
@Command(name = "install", mixinStandardHelpOptions = true)
final class PluginInstallCommand implements Callable<Integer> {

    private static final String PACKAGES = PluginCommand.PLUGINS + "/packages";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ToServer server = new ToServer();

    @Parameters(paramLabel = "JAR", descriptionKey = "package")
    private Path jar = Path.of("");

    @Option(
            names = {"-y", "--yes"},
            descriptionKey = "yes")
    private boolean yes;

    @Option(names = "--plan", descriptionKey = "planOnly")
    private boolean planOnly;

    @Override
    public Integer call() throws IOException {
        var remote = server.remote();
        var out = spec.commandLine().getOut();
        var plan = remote.upload(PACKAGES, jar);
        if (!server.json()) {
            PluginText.plan(out, plan);
        } else if (planOnly) {
            Output.json(out, plan);
        }
        if (planOnly) {
            return Exit.DONE;
        }
        if (!PluginText.isEmpty(plan.path("refusals"))) {
            return Exit.FAILED;
        }
        if (!yes && !isAccepted(out)) {
            out.println(Words.of("notInstalled"));
            return Exit.FAILED;
        }
        var path = PACKAGES + "/" + plan.path("sha256").asText() + "/install";
        var status = remote.post(path, null);
        if (server.json()) {
            Output.json(out, status);
        } else {
            out.println(status.path("id").asText() + ": " + status.path("state").asText());
        }
        return Exit.DONE;
    }

    private static boolean isAccepted(PrintWriter out) throws IOException {
        out.print(Words.of("accept") + " ");
        out.flush();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var answer = in.readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes|是|好");
    }
}
