package dev.kith.core.access;

import static dev.kith.core.db.Tables.API_KEY;

import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.core.call.CoreRequest;
import dev.kith.core.call.Principal;
import dev.kith.core.database.Ids;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** API keys: made, listed, revoked. */
final class Keys {

    private final Access access;
    private final ReservedNames reserved;

    Keys(Access access, ReservedNames reserved) {
        this.access = access;
        this.reserved = reserved;
    }

    CreatedKey create(Transaction tx, Request request, NewKey input) {
        refuseMoreThanOwn((CoreRequest) request, input);
        if (reserved.contain(input.name())) {
            throw StandardError.INVALID_INPUT
                    .because("a plugin, or the server itself, has this name")
                    .at("/name", "reserved", "take another name, such as " + input.name() + "-1");
        }
        if (input.expiresAt() != null && !input.expiresAt().isAfter(tx.now())) {
            throw StandardError.UNPROCESSABLE
                    .because("the key would have expired before it was made")
                    .at("/expiresAt", "past", "must be in the future");
        }
        var id = Ids.next();
        var secret = Credential.KEY_PREFIX + Credential.random();
        var made =
                tx.sql()
                        .insertInto(API_KEY)
                        .set(API_KEY.ID, id)
                        .set(API_KEY.NAME, input.name())
                        .set(API_KEY.HASH, Credential.of(Credential.Kind.KEY, secret).hash())
                        .set(API_KEY.PERMISSIONS, input.permissions().toArray(String[]::new))
                        .set(API_KEY.TOPICS, input.topics().toArray(String[]::new))
                        .set(API_KEY.CREATED_BY, tx.actor().toString())
                        .set(API_KEY.CREATED_AT, tx.now())
                        .set(API_KEY.EXPIRES_AT, input.expiresAt())
                        .onConflict(API_KEY.NAME)
                        .doNothing()
                        .execute();
        if (made == 0) {
            throw AccessError.NAME_TAKEN.because("there is, or was, a key of that name");
        }
        return new CreatedKey(
                id, input.name(), secret, input.permissions(), input.topics(), input.expiresAt());
    }

    private static void refuseMoreThanOwn(CoreRequest request, NewKey input) {
        var own = request.principal();
        for (var permission : input.permissions()) {
            if (!own.may(permission)) {
                throw AccessError.NOT_YOURS_TO_GIVE.because("you do not hold " + permission);
            }
        }
        for (var topic : input.topics()) {
            if (!own.mayPublish(topic) && !own.may(Principal.ALL)) {
                throw AccessError.NOT_YOURS_TO_GIVE.because("you may not publish " + topic);
            }
        }
    }

    Page<KeyView> list(Read read, Request request) {
        var after = request.after().map(Keys::position).map(API_KEY.ID::gt);
        var rows =
                read.sql()
                        .selectFrom(API_KEY)
                        .where(after.orElse(DSL.noCondition()))
                        .orderBy(API_KEY.ID)
                        .limit(request.limit() + 1)
                        .fetch(Keys::view);
        return Page.of(rows, request.limit(), key -> key.id().toString());
    }

    /** Where a cursor of an id continues. */
    static UUID position(String after) {
        try {
            return UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw StandardError.INVALID_INPUT.because("the cursor is not one of this list");
        }
    }

    /** Revoking again answers the same. Other nodes take notice within ten seconds. */
    KeyView revoke(Transaction tx, Request request) {
        var id = request.id("key");
        tx.sql()
                .update(API_KEY)
                .set(API_KEY.REVOKED_AT, tx.now())
                .where(API_KEY.ID.eq(id), API_KEY.REVOKED_AT.isNull())
                .execute();
        var revoked =
                tx.sql()
                        .selectFrom(API_KEY)
                        .where(API_KEY.ID.eq(id))
                        .fetchOptional(Keys::view)
                        .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such key"));
        // Whoever was looked up before the commit would be known for ten seconds more.
        ((CoreRequest) request)
                .answerAfterCommit(() -> {
                    access.forget();
                    return CompletableFuture.completedFuture(revoked);
                });
        return revoked;
    }

    private static KeyView view(Record row) {
        return new KeyView(
                row.get(API_KEY.ID),
                row.get(API_KEY.NAME),
                Set.of(row.get(API_KEY.PERMISSIONS)),
                Set.of(row.get(API_KEY.TOPICS)),
                row.get(API_KEY.CREATED_BY),
                row.get(API_KEY.CREATED_AT),
                row.get(API_KEY.EXPIRES_AT),
                row.get(API_KEY.REVOKED_AT));
    }
}
