package dev.kith.core.install;

import dev.kith.core.loading.PluginIdentity;
import dev.kith.core.packages.Archive;
import dev.kith.core.packages.Description;
import dev.kith.core.packages.DescriptionText;
import dev.kith.core.packages.Sha256;
import dev.kith.core.packages.WrongPackage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableMap;

/** A package that somebody wants to install, read and not loaded. */
record Candidate(
        Archive archive, Description description, NavigableMap<String, byte[]> migrations) {

    /**
     * @throws WrongPackage if it is none
     */
    static Candidate read(Path file) {
        var archive = Archive.read(file);
        var said =
                archive.bytes(Description.FILE)
                        .orElseThrow(() -> new WrongPackage("it has no " + Description.FILE));
        var description = DescriptionText.read(said);
        PluginIdentity.check(description.id());
        PluginIdentity.of(file);
        return new Candidate(archive, description, archive.below("db/" + description.id()));
    }

    /** Where the description is not of this package, as far as can be seen without loading it. */
    List<String> differences() {
        var wrong = new ArrayList<String>();
        var identity = PluginIdentity.of(archive.file());
        compare(wrong, "id", identity.id(), description.id());
        compare(wrong, "version", identity.version(), description.version());
        compare(wrong, "requires", identity.requires(), description.requires());
        compare(wrong, "dependencies", identity.dependencies(), description.dependencies());
        var said = new HashMap<String, String>();
        description.migrations().forEach(m -> said.put(m.file(), m.sha256()));
        migrations.forEach((file, sql) -> {
            if (!Sha256.hex(sql).equals(said.remove(file))) {
                wrong.add("migration %s is another one".formatted(file));
            }
        });
        said.keySet().forEach(file -> wrong.add("migration %s is missing".formatted(file)));
        return wrong;
    }

    private static void compare(List<String> wrong, String name, Object manifest, Object said) {
        if (!manifest.equals(said)) {
            wrong.add(
                    "its %s is %s by the manifest and %s by %s"
                            .formatted(name, manifest, said, Description.FILE));
        }
    }

    List<Plan.Sql> sql(boolean allHaveRun, java.util.Set<String> before) {
        return migrations.entrySet().stream()
                .map(file ->
                        new Plan.Sql(
                                file.getKey(),
                                new String(file.getValue(), StandardCharsets.UTF_8),
                                allHaveRun || before.contains(Sha256.hex(file.getValue()))))
                .toList();
    }
}
