package dev.kith.core.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.core.cli.tell.Arguments;
import dev.kith.core.cli.tell.Exit;
import dev.kith.core.cli.tell.Output;
import dev.kith.core.cli.tell.ToServer;
import dev.kith.core.client.Remote;
import dev.kith.core.importer.Import;
import dev.kith.core.importer.Progress;
import dev.kith.core.importer.Summary;
import dev.kith.core.importer.text.ImportFailure;
import dev.kith.core.words.Words;
import java.io.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "import", mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    @Mixin private final ToServer server = new ToServer();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", descriptionKey = "file")
    private Path file = Path.of("");

    @Option(
            names = {"-m", "--mapping"},
            required = true,
            paramLabel = "MAPPING.yaml",
            descriptionKey = "mapping")
    private Path mapping = Path.of("");

    @Option(names = "--dry-run", descriptionKey = "dryRun")
    private boolean dryRun;

    @Option(names = "--rejects", paramLabel = "FILE", descriptionKey = "rejects")
    private @Nullable Path rejects;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            converter = Arguments.CharsetName.class,
            descriptionKey = "charset")
    private @Nullable String charset;

    @Option(names = "--name", paramLabel = "NAME", descriptionKey = "keyName")
    private @Nullable String name;

    @Option(names = "--from-line", paramLabel = "LINE", descriptionKey = "fromLine")
    private long fromLine;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "PT2M",
            descriptionKey = "patience")
    private Duration patience = Duration.ofMinutes(2);

    @Override
    public Integer call() {
        var settings = server.settings();
        var plan =
                new Import.Plan(
                        file,
                        mapping,
                        rejects == null ? Path.of(file.getFileName() + ".rejects.csv") : rejects,
                        Optional.ofNullable(name),
                        Optional.ofNullable(charset),
                        fromLine,
                        patience,
                        settings.zone());
        var remote = dryRun ? Optional.<Remote>empty() : Optional.of(server.remote(settings));
        // Who may not, or cannot, learns it before the file is read.
        remote.ifPresent(r -> r.get("/api/v1/topics?limit=1"));
        var terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        var progress = Progress.to(spec.commandLine().getErr(), terminal);
        var summary = run(new Import(plan, remote), progress);
        print(summary, dryRun ? "dryRun" : "imported");
        return summary.rejects() == 0 ? Exit.DONE : Exit.REJECTS;
    }

    // What is in is in, so it is said, whatever keeps the rest out.
    private Summary run(Import importing, Progress progress) {
        try {
            return importing.run(progress);
        } catch (ImportFailure e) {
            var soFar = importing.summary();
            if (soFar.rows() > 0) {
                print(soFar, dryRun ? "dryRunPart" : "importedPart");
            }
            throw e;
        }
    }

    private void print(Summary summary, String done) {
        var out = spec.commandLine().getOut();
        if (server.json()) {
            var json = new JsonMapper().valueToTree(summary);
            Output.json(out, json);
            return;
        }
        out.println(Words.of(done, file.getFileName()));
        line("rows", summary.rows());
        line("customers", summary.customers());
        if (summary.customersCreated() + summary.customersKnown() > 0) {
            line("customersCreated", summary.customersCreated());
            line("customersKnown", summary.customersKnown());
        }
        line(dryRun ? "eventsToRecord" : "eventsRecorded", summary.eventsRecorded());
        if (!dryRun) {
            // Only the server knows them.
            line("duplicates", summary.duplicates());
        }
        line("rejects", summary.rejects());
        new TreeMap<>(summary.totals())
                .forEach((currency, total) ->
                        out.println(
                                "  %-20s %,20.2f %s"
                                        .formatted(Words.of("total"), total, currency)));
        if (summary.rejects() > 0) {
            out.println(Words.of("rejectsFile", summary.rejectsFile()));
        }
    }

    private void line(String word, long number) {
        spec.commandLine().getOut().println("  %-20s %,20d".formatted(Words.of(word), number));
    }
}
