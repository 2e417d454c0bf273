package dev.kith.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.io.TempDir;

/** Gives each test class a data folder of its own, copied from one that is made once per run. */
final class DataFolders implements ParameterResolver, AfterAllCallback {

    private static final Namespace OURS = Namespace.create(DataFolders.class);
    private static final Duration COPY_LIMIT = Duration.ofMinutes(1);

    /** The one that all are copied from. */
    private record Template(Path folder) implements AutoCloseable {

        static Template make() {
            var folder = temporary();
            EmbeddedPostgres.start(folder, EmbeddedPostgres.Options.durable()).close();
            return new Template(folder);
        }

        @Override
        public void close() throws IOException {
            PrivateFiles.deleteTree(folder);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Path.class
                && !parameter.isAnnotated(TempDir.class);
    }

    @Override
    public Path resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return store(context).computeIfAbsent(Path.class, key -> copy(context), Path.class);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        var folder = store(context).remove(Path.class, Path.class);
        if (folder != null) {
            new ServerProcesses(new Home(folder)).stopLeftovers();
            PrivateFiles.deleteTree(folder);
        }
    }

    private static Store store(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(DataFolders.class, context.getRequiredTestClass()));
    }

    private static Path copy(ExtensionContext context) {
        var template =
                context.getRoot()
                        .getStore(OURS)
                        .computeIfAbsent(Template.class, key -> Template.make(), Template.class);
        return copy(template.folder());
    }

    /** Shares the programs, a thousand files that nobody changes. */
    static Path copy(Path folder) {
        return copy(folder, "-al");
    }

    /** Shares nothing, so that it can be given to somebody else. */
    static Path copyAll(Path folder) {
        return copy(folder, "-a");
    }

    private static Path copy(Path folder, String howToCopyPrograms) {
        var copy = new Home(temporary());
        try (var parts = Files.list(new Home(folder).root())) {
            Files.createDirectory(copy.root());
            for (var part : (Iterable<Path>) parts::iterator) {
                var isPrograms = part.getFileName().toString().startsWith("bin-");
                var how = isPrograms ? howToCopyPrograms : "-a";
                Command.run(
                        List.of("cp", how, part.toString(), copy.root().toString()), COPY_LIMIT);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return copy.outside();
    }

    static Path temporary() {
        try {
            return Files.createTempDirectory("kith-postgres").toRealPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
