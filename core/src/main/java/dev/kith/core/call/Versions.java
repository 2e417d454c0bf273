package dev.kith.core.call;

import dev.kith.api.StandardError;
import org.jspecify.annotations.Nullable;

/** ETags are the versions of rows, and strong: RFC 9110, sections 8.8.3 and 13. */
final class Versions {

    private Versions() {}

    static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** Whether a list of tags names this version. Weak ones compare only for reading. */
    static boolean names(@Nullable String tags, long version, boolean weakToo) {
        if (tags == null) {
            return false;
        }
        var wanted = etag(version);
        for (var tag : tags.split(",", -1)) {
            var one = tag.strip();
            if (weakToo && one.startsWith("W/")) {
                one = one.substring(2);
            }
            if (one.equals("*") || one.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /**
     * @throws dev.kith.api.Problem {@code ifMatchRequired}
     */
    static void require(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw StandardError.IF_MATCH_REQUIRED.because(
                    "send If-Match with the ETag of what you have read");
        }
    }

    /**
     * @throws dev.kith.api.Problem {@code stale}
     */
    static void compare(@Nullable String ifMatch, long version) {
        if (ifMatch != null && !names(ifMatch, version, false)) {
            throw StandardError.STALE.because("it has been changed since; read it again");
        }
    }
}
