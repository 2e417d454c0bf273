package dev.kith.core.cli;

import dev.kith.core.cli.tell.FileTrouble;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.settings.Settings;
import dev.kith.core.words.Words;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Why a server does not start, in the words of the settings that would change it. */
final class StartReason {

    private static final String NO_CONNECTION = "08";

    private StartReason() {}

    static String of(Settings settings, Throwable failure) {
        var reason = failure;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                reason = cause;
            }
        }
        var database = settings.database();
        if (!database.embedded() && SqlFailure.state(failure).startsWith(NO_CONNECTION)) {
            return Words.of("databaseSilent", database.place(), line(reason));
        }
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case BindException e -> {
                    return cannotListen(settings.http(), line(e));
                }
                case UnknownHostException e -> {
                    return Words.of("hostUnknown", settings.http().host());
                }
                case FileSystemException e -> {
                    return cannotUse(settings.data().dir(), e);
                }
                default -> {}
            }
        }
        return Words.of("cannotStart", line(reason));
    }

    private static String cannotListen(Settings.Http http, String why) {
        var port = Integer.toString(http.port());
        if (why.contains("in use")) {
            return Words.of("portTaken", http.host(), port);
        }
        return why.contains("assign")
                ? Words.of("hostElsewhere", http.host())
                : Words.of("cannotListen", http.host(), port, why);
    }

    private static String cannotUse(Path data, FileSystemException e) {
        var file = Path.of(String.valueOf(e.getFile()));
        // A folder above that cannot be made keeps this one from being made.
        return file.startsWith(data) || data.startsWith(file)
                ? Words.of("dataUnusable", data, FileTrouble.reason(e))
                : Words.of("cannotStart", FileTrouble.line(e));
    }

    private static String line(Throwable reason) {
        if (reason instanceof UnknownHostException) {
            return Words.of("noSuchHost", String.valueOf(reason.getMessage()));
        }
        var message = reason.getMessage();
        return message == null
                ? reason.getClass().getName()
                : message.lines().findFirst().orElse("");
    }
}
