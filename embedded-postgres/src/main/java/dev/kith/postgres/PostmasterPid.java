package dev.kith.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What PostgreSQL writes about itself into {@code postmaster.pid}. */
record PostmasterPid(long process, boolean ready) {

    private static final int STATUS_LINE = 7;

    /** Empty when there is none, or not all of it yet. */
    static Optional<PostmasterPid> read(Home home) {
        try {
            var lines = Files.readAllLines(home.postmasterPid());
            var ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).startsWith("ready");
            return Optional.of(new PostmasterPid(Long.parseLong(lines.getFirst().strip()), ready));
        } catch (IOException | NumberFormatException | NoSuchElementException e) {
            return Optional.empty();
        }
    }
}
