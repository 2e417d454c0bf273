package dev.kith.core.cli.plugin;

import dev.kith.core.cli.tell.Exit;
import dev.kith.core.cli.tell.NewFile;
import dev.kith.core.cli.tell.Output;
import dev.kith.core.cli.tell.ToServer;
import dev.kith.core.client.Remote;
import dev.kith.core.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a plugin away; writes its data out before, if asked to. */
@Command(name = "remove", mixinStandardHelpOptions = true)
final class PluginRemoveCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ToServer server = new ToServer();

    @Parameters(paramLabel = "ID", descriptionKey = "plugin")
    private String id = "";

    @Option(names = "--export", paramLabel = "FILE", descriptionKey = "exportTo")
    private @Nullable Path export;

    @Option(names = "--purge", descriptionKey = "purge")
    private boolean purge;

    @Override
    public Integer call() throws IOException {
        if (export != null) {
            NewFile.check(export);
        }
        var remote = server.remote();
        var path = PluginCommand.PLUGINS + "/" + Output.encoded(id);
        var out = spec.commandLine().getOut();
        if (export != null) {
            // Off first, so that nothing is written after it was exported.
            remote.post(path + "/disable", null);
            export(remote, path + "/export", export);
            out.println(Words.of("exported", export));
        }
        var removed = remote.post(path + "/remove", Map.of("purge", purge));
        if (server.json()) {
            Output.json(out, removed);
        } else if (removed.path("droppedAt").isTextual()) {
            out.println(Words.of("removedUntil", id, removed.path("droppedAt").asText()));
        } else {
            out.println(Words.of("removed", id));
        }
        return Exit.DONE;
    }

    // A file that is there is a whole export.
    private static void export(Remote remote, String path, Path file) throws IOException {
        var beside = file.toAbsolutePath().resolveSibling(file.getFileName() + ".part");
        try {
            try (var in = remote.download(path)) {
                Files.copy(in, beside, StandardCopyOption.REPLACE_EXISTING);
            }
            checkComplete(beside);
            Files.move(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    // The server writes it last: without it, it was interrupted.
    private static void checkComplete(Path file) throws IOException {
        try (var zip = new java.util.zip.ZipFile(file.toFile())) {
            if (zip.getEntry("about.json") == null) {
                throw new IOException("the export is incomplete");
            }
        }
    }
}
