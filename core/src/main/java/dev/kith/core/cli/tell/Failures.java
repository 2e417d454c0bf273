package dev.kith.core.cli.tell;

import dev.kith.core.author.CannotWork;
import dev.kith.core.client.RemoteFailure;
import dev.kith.core.demo.DemoFailure;
import dev.kith.core.importer.text.ImportFailure;
import dev.kith.core.packages.WrongPackage;
import dev.kith.core.settings.WrongSettings;
import dev.kith.core.words.Words;
import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;

/** Turns what went wrong into a clear line and an exit code; a bug keeps its stack trace. */
public final class Failures {

    private Failures() {}

    public static int caught(Callable<Integer> command) {
        try {
            return command.call();
        } catch (Exception e) {
            // The last stop: nothing is behind it that could answer better.
            return say(e, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        }
    }

    public static int say(Exception e, PrintWriter err) {
        return switch (e) {
            case WrongSettings wrong -> {
                err.println("kith: " + Words.of("wrongSettings"));
                wrong.all().forEach(w -> err.println("  " + w));
                yield Exit.USAGE;
            }
            case RemoteFailure remote -> line(remote, err, code(remote));
            case ImportFailure failed ->
                    line(
                            failed,
                            err,
                            failed.getCause() instanceof RemoteFailure remote
                                    ? code(remote)
                                    : Exit.FAILED);
            case DemoFailure failed -> line(failed, err, Exit.FAILED);
            case CannotWork cannot -> {
                var words = cannot.arguments().toArray();
                err.println("kith: " + Words.of("author." + cannot.sentence(), words));
                yield Exit.FAILED;
            }
            case CommandFailure failed -> line(failed, err, Exit.FAILED);
            case WrongPackage wrong -> line(wrong, err, Exit.FAILED);
            case NoSuchFileException missing -> {
                err.println("kith: " + Words.of("noSuchFile", missing.getFile()));
                yield Exit.FAILED;
            }
            case FileSystemException file -> {
                err.println("kith: " + FileTrouble.line(file));
                yield Exit.FAILED;
            }
            case FileNotFoundException missing -> line(missing, err, Exit.FAILED);
            default -> {
                e.printStackTrace(err);
                yield Exit.FAILED;
            }
        };
    }

    private static int line(Exception e, PrintWriter err, int code) {
        err.println("kith: " + e.getMessage());
        return code;
    }

    private static int code(RemoteFailure failure) {
        return switch (failure.kind()) {
            case UNREACHABLE -> Exit.UNREACHABLE;
            case NOT_ALLOWED -> Exit.NOT_ALLOWED;
            case BUSY, REFUSED -> Exit.FAILED;
        };
    }
}
