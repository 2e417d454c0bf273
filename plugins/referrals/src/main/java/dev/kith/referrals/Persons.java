package dev.kith.referrals;

import static dev.kith.referrals.db.Tables.CIRCLE_CHECK;
import static dev.kith.referrals.db.Tables.CLAIM;
import static dev.kith.referrals.db.Tables.PERSON;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.kith.api.CustomerId;
import dev.kith.api.Transaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Everybody on either side of a claim, and the locks that make claims exact.
 *
 * <p>A claim locks both its persons, all of a transaction's in one order, so that no two transactions
 * wait for each other. Circles of any length are kept out as follows. Of the claims that would close
 * one, each has its referee in common with another, as the inviter there; so they come one after the
 * other, and not all of them can be the earlier one. Whoever comes later finds that its referee has
 * invited somebody, and stands in line at the one row of {@code circle_check} before it looks up the
 * chain of inviters. The last of them to commit therefore sees all the others. Whoever has never
 * invited anybody, which is nearly everybody who is invited, waits for nobody.
 */
final class Persons {

    // Makes the rows that are missing and locks all of them, in one order in every transaction.
    private static final String LOCK =
            """
            insert into referrals.person as p (customer_id)
            select customer from unnest({0}) as c (customer) order by customer
                on conflict (customer_id) do update set invited = p.invited
            returning customer_id, first_purchase_id
            """;

    private static final String NOTE_PURCHASES =
            """
            update referrals.person as p
               set first_purchase_id = b.event
              from unnest({0}, {1}) as b (customer, event)
             where p.customer_id = b.customer and p.first_purchase_id is null
            """;

    private Persons() {}

    /** Locks them to the end of the transaction, and says of which purchase each is a customer. */
    static Map<CustomerId, UUID> lock(Transaction tx, Collection<CustomerId> customers) {
        var bought = new HashMap<CustomerId, UUID>();
        var ids = customers.stream().distinct().map(CustomerId::value).toArray(UUID[]::new);
        tx.sql()
                .resultQuery(LOCK, val(ids, SQLDataType.UUID.array()))
                .forEach(row -> {
                    var first = row.get(1, UUID.class);
                    if (first != null) {
                        bought.put(new CustomerId(row.get(0, UUID.class)), first);
                    }
                });
        return bought;
    }

    /** Remembers the purchases that made somebody a customer. */
    static void bought(Transaction tx, Map<CustomerId, UUID> first) {
        var customers = first.keySet().stream().map(CustomerId::value).toArray(UUID[]::new);
        var events = first.values().toArray(UUID[]::new);
        tx.sql()
                .query(
                        NOTE_PURCHASES,
                        val(customers, SQLDataType.UUID.array()),
                        val(events, SQLDataType.UUID.array()))
                .execute();
    }

    /** Counts one more invitation, unless that would be too many. */
    static boolean countsOneMore(Transaction tx, CustomerId inviter, int max) {
        return tx.sql()
                        .update(PERSON)
                        .set(PERSON.INVITED, PERSON.INVITED.plus(1))
                        .where(PERSON.CUSTOMER_ID.eq(inviter))
                        .and(PERSON.INVITED.lt((long) max))
                        .execute()
                == 1;
    }

    /** An invitation turned out not to be one. */
    static void countOneLess(Transaction tx, CustomerId inviter) {
        tx.sql()
                .update(PERSON)
                .set(PERSON.INVITED, PERSON.INVITED.minus(1))
                .where(PERSON.CUSTOMER_ID.eq(inviter))
                .execute();
    }

    /** Whether the referee has invited the inviter, at whatever remove. */
    static boolean wouldCloseCircle(Transaction tx, CustomerId referee, CustomerId inviter) {
        if (!hasInvited(tx, referee)) {
            return false;
        }
        tx.sql().selectFrom(CIRCLE_CHECK).forUpdate().fetchSingle();
        var up = name("up");
        var above = DSL.field(name("up", "id"), SQLDataType.UUID);
        // Not "union all": customers that were merged may have made a circle after all.
        var chain =
                up.fields("id")
                        .as(
                                select(val(inviter.value()))
                                        .union(
                                                select(CLAIM.INVITER_ID)
                                                        .from(CLAIM)
                                                        .join(up)
                                                        .on(
                                                                DSL.field(
                                                                                "{0}",
                                                                                UUID.class,
                                                                                CLAIM.CUSTOMER_ID)
                                                                        .eq(above))
                                                        .where(
                                                                CLAIM.STATE.ne(
                                                                        Claim.State.REFUSED
                                                                                .name()))));
        return tx.sql()
                .fetchExists(
                        tx.sql()
                                .withRecursive(chain)
                                .selectOne()
                                .from(up)
                                .where(above.eq(referee.value())));
    }

    private static boolean hasInvited(Transaction tx, CustomerId person) {
        return tx.sql()
                .fetchExists(PERSON, PERSON.CUSTOMER_ID.eq(person).and(PERSON.INVITED.gt(0L)));
    }
}
