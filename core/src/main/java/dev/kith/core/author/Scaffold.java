package dev.kith.core.author;

import dev.kith.core.loading.PluginFolder;
import dev.kith.core.loading.PluginIdentity;
import dev.kith.core.packages.WrongPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Writes a small, complete plugin that compiles and passes its tests, to be changed from there. */
public final class Scaffold {

    private static final String TEMPLATES = "/scaffold/";
    private static final List<String> LANGUAGES = List.of("en", "zh_CN");

    private final Path home;

    /**
     * @param home the installation; its folder {@code maven} holds what a plugin is built with
     */
    public Scaffold(Path home) {
        this.home = home.toAbsolutePath().normalize();
    }

    /**
     * @param folder where to; made if it is not there
     * @throws CannotWork if something is in it already, or a plugin of the installation has this id
     */
    public void write(NewPlugin plugin, Path folder) throws IOException {
        checkFree(plugin);
        checkEmpty(folder);
        var names = names(plugin);
        for (var file : files(plugin).entrySet()) {
            var text = read(file.getValue());
            for (var name : names.entrySet()) {
                text = text.replace(name.getKey(), name.getValue());
            }
            var target = folder.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.writeString(target, text);
        }
    }

    private void checkFree(NewPlugin plugin) {
        for (var jar : PluginFolder.sources(home.resolve("plugins"))) {
            try {
                if (PluginIdentity.of(jar).id().equals(plugin.id())) {
                    throw new CannotWork("idTaken", plugin.id(), jar);
                }
            } catch (WrongPackage e) {
                // Somebody else's broken jar has no id that could be taken.
            }
        }
    }

    private static void checkEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new CannotWork("folderTaken", folder);
        }
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new CannotWork("folderTaken", folder);
            }
        }
    }

    private Map<String, String> names(NewPlugin plugin) throws IOException {
        var maven = home.resolve("maven");
        return Map.of(
                "@id@", plugin.id(),
                "@Class@", plugin.className(),
                "@package@", plugin.packageName(),
                "@version@", version(maven),
                "@maven@", maven.toUri().toString().replaceAll("/$", ""));
    }

    // Of what is there to build with, which need not be what a build of this class would say.
    private static String version(Path maven) throws IOException {
        var parent = maven.resolve("dev/kith/plugin-parent");
        if (!Files.isDirectory(parent)) {
            throw new CannotWork("noMavenFolder", parent);
        }
        try (var versions = Files.list(parent)) {
            return versions.filter(Files::isDirectory)
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .findFirst()
                    .orElseThrow(() -> new CannotWork("noMavenFolder", parent));
        }
    }

    private static Map<String, String> files(NewPlugin plugin) {
        var files = new TreeMap<String, String>();
        var java = plugin.packageName().replace('.', '/') + "/" + plugin.className();
        files.put("pom.xml", "pom.xml");
        files.put(".gitignore", "gitignore");
        files.put("src/main/java/" + java + "Plugin.java", "Plugin.java");
        files.put("src/main/jte/page.jte", "page.jte");
        var resources = "src/main/resources/";
        files.put(resources + "db/" + plugin.id() + "/V1__notes.sql", "V1__notes.sql");
        for (var language : LANGUAGES) {
            var text = "_" + language + ".properties";
            files.put(resources + "text/" + plugin.id() + text, "text" + text);
        }
        files.put("src/test/java/" + java + "Test.java", "Test.java");
        files.put("src/test/resources/golden/declarations.txt", "declarations.txt");
        return files;
    }

    private static String read(String template) throws IOException {
        try (var in = Scaffold.class.getResourceAsStream(TEMPLATES + template)) {
            return new String(
                    Objects.requireNonNull(in, template).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
