package dev.kith.core.author;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * Compiles a plugin's Java into its folder of classes within this process. Maven takes ten times as
 * long, most of it to find out that nothing else has to be done.
 */
final class JavaBuild {

    private final Path folder;
    private final Path classes;

    JavaBuild(Path folder, Path classes) {
        this.folder = folder;
        this.classes = classes;
    }

    /** Whether this Java can compile; one that only runs programs cannot. */
    static boolean isPossible() {
        return ToolProvider.getSystemJavaCompiler() != null;
    }

    /**
     * @return whether it went well; what is wrong has been printed
     */
    boolean run() throws IOException {
        var arguments =
                new ArrayList<>(List.of("-parameters", "-proc:none", "-g", "-implicit:none"));
        arguments.addAll(List.of("-d", classes.toString(), "-classpath", classpath()));
        var sources = sources();
        arguments.addAll(sources);
        var compiler = ToolProvider.getSystemJavaCompiler();
        return sources.isEmpty()
                || compiler.run(null, null, null, arguments.toArray(String[]::new)) == 0;
    }

    // The server's jars hold what a plugin compiles against. That they hold more is found out by
    // the next build with Maven.
    private String classpath() throws IOException {
        var path = new ArrayList<String>();
        path.add(classes.toString());
        path.add(System.getProperty("java.class.path"));
        var own = classes.resolve("lib");
        if (Files.isDirectory(own)) {
            try (var libraries = Files.list(own)) {
                libraries.map(Path::toString).forEach(path::add);
            }
        }
        return String.join(File.pathSeparator, path);
    }

    private List<String> sources() throws IOException {
        var sources = new ArrayList<String>();
        for (var place : List.of("src/main/java", "target/generated-sources/kith")) {
            if (Files.isDirectory(folder.resolve(place))) {
                try (var files = Files.walk(folder.resolve(place))) {
                    files.map(Path::toString)
                            .filter(file -> file.endsWith(".java"))
                            .forEach(sources::add);
                }
            }
        }
        return sources;
    }
}
