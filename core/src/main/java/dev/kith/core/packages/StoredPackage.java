package dev.kith.core.packages;

import java.time.Instant;

/** A package that lies in the database, whether it is installed or not. */
public record StoredPackage(
        String sha256,
        String plugin,
        String version,
        long bytes,
        String uploadedBy,
        Instant uploadedAt) {}
