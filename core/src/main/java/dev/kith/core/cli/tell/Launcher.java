package dev.kith.core.cli.tell;

import java.nio.file.Files;
import java.nio.file.Path;

/** The script that started this program. */
public final class Launcher {

    private Launcher() {}

    /** How to call it from anywhere. */
    public static Path path() {
        var named = System.getProperty("kith.launcher", "");
        var usual = Path.of(System.getProperty("kith.home", "")).resolve("bin/kith");
        var path = named.isEmpty() ? usual : Path.of(named);
        return Files.exists(path) ? path.toAbsolutePath().normalize() : Path.of("kith");
    }
}
