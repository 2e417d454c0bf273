package dev.kith.core.call;

import dev.kith.api.StandardError;
import dev.kith.core.database.Tx;
import dev.kith.core.failure.SqlFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request with an {@code Idempotency-Key}: recognised when it comes again. The row is written
 * in the transaction of the effect, so there is never one without the other.
 */
public final class Idempotency {

    static final String HEADER = "idempotency-key";
    static final String REPLAYED = "Idempotency-Replayed";
    static final Duration KEPT = Duration.ofHours(24);
    static final int KEY_MAX = 200;
    static final int REPLY_MAX = 64 * 1024;

    // The lock is taken before the row is looked for: a statement that did both would look with a
    // snapshot older than the lock, and miss what its last holder has just committed.
    private static final String LOCK = "select pg_try_advisory_xact_lock(?)";
    // Other than the rule for all sessions only as long as this transaction.
    private static final String IDLE =
            "select set_config('idle_in_transaction_session_timeout', ?, true)";
    private static final String WAIT = "select true from (select pg_advisory_xact_lock(?)) l";
    private static final String FIND =
            "select fingerprint, status, etag, reply, created_at from kith.idempotency"
                    + " where scope = ? and method = ? and path = ? and key = ?";
    private static final String KEEP =
            "insert into kith.idempotency"
                    + " (scope, method, path, key, fingerprint, status, etag, reply, created_at)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " on conflict (scope, method, path, key) do update set"
                    + " fingerprint = excluded.fingerprint, status = excluded.status,"
                    + " etag = excluded.etag, reply = excluded.reply,"
                    + " created_at = excluded.created_at";

    private final Asked asked;
    private final String place;
    private final String key;
    private final String lock;
    private final byte[] fingerprint;

    private Idempotency(Asked asked, String place, String key, String lock) {
        this.asked = asked;
        this.place = place;
        this.key = key;
        this.lock = lock;
        var query = asked.query() == null ? "" : asked.query();
        var address = place.equals(asked.path()) ? query : asked.path() + "?" + query;
        this.fingerprint = sha256(address, asked.body());
    }

    /**
     * Of a form, whose copies wait for the first instead of being refused: a browser shows only what
     * comes back last.
     */
    public static Idempotency ofForm(Asked asked, String place, String once) {
        return new Idempotency(asked, place, once, WAIT);
    }

    /**
     * @param place the path as it may be kept
     * @throws dev.kith.api.Problem {@code invalidInput} if the key is not one
     */
    static @Nullable Idempotency of(Asked asked, String place) {
        var key = asked.header().apply(HEADER);
        if (key == null || !asked.method().equals("POST")) {
            return null;
        }
        if (key.isBlank()
                || key.length() > KEY_MAX
                || !key.chars().allMatch(c -> c > 31 && c < 127)) {
            throw StandardError.INVALID_INPUT
                    .because("the Idempotency-Key is not well formed")
                    .at("Idempotency-Key", "size", "1 to 200 printable ASCII characters");
        }
        return new Idempotency(asked, place, key, LOCK);
    }

    /**
     * Lets the transaction wait for the request's work, which may do all of it elsewhere: the lock is
     * taken before it, and the database would end a session that is idle with a lock.
     *
     * @param answerWithin after so long nobody waits for the work any more
     */
    void waits(Tx tx, Duration answerWithin) {
        try (var set = tx.connection().prepareStatement(IDLE)) {
            set.setString(1, Long.toString(answerWithin.toMillis()));
            set.execute();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /**
     * The answer this key was given before, if it was.
     *
     * @throws dev.kith.api.Problem {@code inProgress} or {@code keyReused}
     */
    public Optional<Answer> replay(Tx tx) {
        try {
            if (!lock(tx)) {
                throw StandardError.IN_PROGRESS.because(
                        "a request with this Idempotency-Key is under way");
            }
            return find(tx);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private boolean lock(Tx tx) throws SQLException {
        var name = String.join("\n", asked.principal().scope(), asked.method(), place, key);
        try (var select = tx.connection().prepareStatement(lock)) {
            select.setLong(1, ByteBuffer.wrap(sha256(name, new byte[0])).getLong());
            try (var row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private Optional<Answer> find(Tx tx) throws SQLException {
        try (var select = tx.connection().prepareStatement(FIND)) {
            select.setString(1, asked.principal().scope());
            select.setString(2, asked.method());
            select.setString(3, place);
            select.setString(4, key);
            try (var row = select.executeQuery()) {
                if (!row.next() || tooOld(tx, row)) {
                    return Optional.empty();
                }
                return Optional.of(kept(row));
            }
        }
    }

    private static boolean tooOld(Tx tx, ResultSet row) throws SQLException {
        return row.getTimestamp(5).toInstant().isBefore(tx.now().minus(KEPT));
    }

    private Answer kept(ResultSet row) throws SQLException {
        if (!MessageDigest.isEqual(fingerprint, row.getBytes(1))) {
            throw StandardError.KEY_REUSED.because(
                    "this Idempotency-Key was used for another request");
        }
        var reply = row.getString(4);
        if (reply == null) {
            throw StandardError.CONFLICT.because(
                    "it was done before, and its answer cannot be repeated");
        }
        Map<String, String> headers = new HashMap<>(Map.of(REPLAYED, "true"));
        if (row.getString(3) != null) {
            headers.put("ETag", row.getString(3));
        }
        return Answer.text(row.getInt(2), Answer.JSON, reply).with(headers);
    }

    /**
     * @param repeatable false for an answer with a secret, or too large: it is not kept, only that
     *     there was one
     */
    public void keep(Tx tx, Answer answer, boolean repeatable) {
        var reply =
                repeatable && answer.body().length <= REPLY_MAX
                        ? new String(answer.body(), StandardCharsets.UTF_8)
                        : null;
        try (var insert = tx.connection().prepareStatement(KEEP)) {
            insert.setString(1, asked.principal().scope());
            insert.setString(2, asked.method());
            insert.setString(3, place);
            insert.setString(4, key);
            insert.setBytes(5, fingerprint);
            insert.setInt(6, answer.status());
            insert.setString(7, answer.headers().get("ETag"));
            insert.setString(8, reply);
            insert.setTimestamp(9, Timestamp.from(tx.now()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static byte[] sha256(String first, byte[] second) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(first.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(second);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
