package dev.kith.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's log files: what it said when it failed to start, and how many are kept. */
record StartLog(Home home) {

    private static final int KEPT_FILES = 5;
    private static final int PLAIN_LINES = 5;
    private static final FileTime NEVER = FileTime.fromMillis(0);
    private static final Pattern REASON = Pattern.compile("\\b(?:FATAL|PANIC): +(.*)");

    /** A fresh one for this start; older log files go, save a few. */
    FileTime prepare(PrivateFiles files) throws IOException {
        files.folder(home.logs());
        Files.deleteIfExists(home.startLog());
        files.file(home.startLog());
        var logs = serverLogs();
        for (var old : logs.subList(0, Math.max(0, logs.size() - KEPT_FILES))) {
            Files.delete(old);
        }
        return Files.getLastModifiedTime(home.startLog());
    }

    /** The last fatal line since then; before its log is open it says plainly what is wrong. */
    Optional<String> reason(FileTime since) {
        try {
            var candidates = new ArrayList<>(serverLogs());
            candidates.addFirst(home.startLog());
            return candidates.stream()
                    .filter(file -> modified(file).compareTo(since) >= 0)
                    .flatMap(file -> fatal(file).stream())
                    .reduce((earlier, later) -> later)
                    .or(this::plainWords);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> plainWords() {
        try (var lines = Files.lines(home.startLog(), ISO_8859_1)) {
            var words = lines.filter(line -> !line.contains("] LOG: ")).limit(PLAIN_LINES);
            return Optional.of(String.join(" ", words.toList())).filter(text -> !text.isBlank());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<Path> serverLogs() throws IOException {
        try (var files = Files.list(home.logs())) {
            return files.filter(f -> f.getFileName().toString().startsWith(Home.LOG_PREFIX))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return NEVER;
        }
    }

    private static Optional<String> fatal(Path file) {
        try (var lines = Files.lines(file, ISO_8859_1)) {
            return lines.map(REASON::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .reduce((earlier, later) -> later);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
