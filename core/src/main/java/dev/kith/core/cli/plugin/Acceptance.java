package dev.kith.core.cli.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.core.cli.tell.CommandFailure;
import dev.kith.core.cli.tell.Exit;
import dev.kith.core.cli.tell.Output;
import dev.kith.core.cli.tell.ToServer;
import dev.kith.core.words.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Uploads a package, shows the plan, and installs it when it is accepted. */
final class Acceptance {

    private static final String PACKAGES = PluginCommand.PLUGINS + "/packages";

    @Option(
            names = {"-y", "--yes"},
            descriptionKey = "yes")
    private boolean yes;

    @Option(names = "--plan", descriptionKey = "planOnly")
    private boolean planOnly;

    /** Whether there is to be a plan and nothing else. */
    boolean planOnly() {
        return planOnly;
    }

    /**
     * @param check throws if the plan is not of what was meant
     * @return the exit code
     */
    int install(ToServer server, Path jar, PrintWriter out, Consumer<JsonNode> check)
            throws IOException {
        if (Files.isDirectory(jar)) {
            throw new CommandFailure(Words.of("isFolder", jar));
        }
        var remote = server.remote();
        var plan = remote.upload(PACKAGES, jar);
        check.accept(plan);
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
        if (!yes && !isAccepted(out, plan)) {
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

    private static boolean isAccepted(PrintWriter out, JsonNode plan) throws IOException {
        var there = plan.path("installedVersion").asText("");
        var question =
                there.isEmpty()
                        ? Words.of("accept")
                        : Words.of("acceptInstead", there, plan.path("version").asText());
        out.print(question + " ");
        out.flush();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var answer = in.readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes|是|好");
    }
}
