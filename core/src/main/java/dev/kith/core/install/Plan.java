package dev.kith.core.install;

import dev.kith.core.packages.Description;
import dev.kith.core.packages.signature.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What installing a package would do, said before anything of it is loaded.
 *
 * @param installedVersion of the plugin that it would replace; null if there is none
 * @param migrations with their SQL; those that have run are marked
 * @param warnings what would not work, or no longer, elsewhere
 * @param refusals why it cannot be installed; empty if it can
 */
public record Plan(
        String sha256,
        long bytes,
        Instant uploadedAt,
        String plugin,
        String version,
        @Nullable String installedVersion,
        boolean installed,
        Verdict signature,
        Description description,
        List<Sql> migrations,
        List<Remark> warnings,
        List<Remark> refusals) {

    public Plan {
        migrations = List.copyOf(migrations);
        warnings = List.copyOf(warnings);
        refusals = List.copyOf(refusals);
    }

    /** A migration that would run. */
    public record Sql(String file, String sql, boolean hasRun) {}

    /**
     * @param code what it is about, for programs and for texts in other languages
     * @param detail the particulars
     */
    public record Remark(Code code, String detail) {}

    /** What a remark is about. */
    public enum Code {
        // Refusals.
        WRONG_API,
        MISSING_DEPENDENCY,
        SIGNATURE,
        UNDECLARED_PERSONAL_DATA,
        FOREIGN_ROUTE,
        FOREIGN_TOPIC,
        FOREIGN_SCHEMA,
        NAME_TAKEN,
        WRONG_DESCRIPTION,
        // Warnings.
        OLDER_VERSION,
        UNSIGNED,
        NO_PRODUCER,
        NO_PROVIDER,
        TOPIC_GONE,
        FACT_GONE,
        ROUTE_GONE,
        DEPENDENT_BREAKS,
        CONTRACTS
    }
}
