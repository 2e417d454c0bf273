package dev.kith.core.loading;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parent of every plugin's class loader: shows the JDK and the packages a plugin shares with the
 * server, and nothing else of the server. Everything else comes from the plugin's own jar.
 */
final class SharedPackages extends ClassLoader {

    static final List<String> NAMES =
            List.of(
                    "dev.kith.api",
                    "org.jooq",
                    "com.fasterxml.jackson",
                    "jakarta.validation",
                    "org.slf4j",
                    "gg.jte",
                    "org.jspecify");

    static {
        ClassLoader.registerAsParallelCapable();
    }

    private final ClassLoader server;

    SharedPackages(ClassLoader server) {
        super("shared", ClassLoader.getPlatformClassLoader());
        this.server = server;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (var shared : NAMES) {
            if (name.startsWith(shared) && name.charAt(shared.length()) == '.') {
                return server.loadClass(name);
            }
        }
        throw new ClassNotFoundException(name);
    }

    // Resources are never shared: a plugin that looked for META-INF/services or db/ would find
    // ours.
    @Override
    public @Nullable URL getResource(String name) {
        return null;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return Collections.emptyEnumeration();
    }
}
