package dev.kith.referrals;

import static dev.kith.referrals.db.Tables.CODE;
import static org.jooq.impl.DSL.noCondition;

import dev.kith.api.CustomerId;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record;

/** Codes that invite: made for a customer, or chosen by one. */
final class Codes {

    /** How many codes one customer may have. */
    static final int PER_CUSTOMER_MAX = 20;

    private final ReferralsConfig config;

    Codes(ReferralsConfig config) {
        this.config = config;
    }

    /** Answers the code a customer has already, if it is the one asked for. */
    Code create(Transaction tx, Request request, Code.Wanted input) {
        var customer = tx.customerOf(input);
        // Two requests at once for one customer come one after the other, so that both count right.
        Persons.lock(tx, Set.of(customer));
        var chosen = input.code() == null ? null : CodeText.canonical(input.code());
        var had =
                chosen == null
                        ? given(tx, customer)
                        : first(tx, CODE.CODE_.eq(chosen))
                                .filter(code -> code.customerId().equals(customer));
        if (had.isPresent()) {
            request.answers(200);
            return withQr(had.get());
        }
        checkRoom(tx, customer);
        var code = chosen == null ? CodeText.of(tx.newToken().sha256()) : allowed(chosen);
        insert(tx, customer, code, chosen != null);
        return withQr(first(tx, CODE.CODE_.eq(code)).orElseThrow());
    }

    private String allowed(String chosen) {
        if (chosen.length() < CodeText.CHOSEN_MIN) {
            throw StandardError.INVALID_INPUT
                    .because("a code has %d letters or digits".formatted(CodeText.CHOSEN_MIN))
                    .at("/code", "size", "too short without its hyphens");
        }
        if (CodeText.isReserved(chosen) || config.reservedCodes().contains(chosen)) {
            throw ReferralsError.CODE_RESERVED
                    .because("nobody may choose this code")
                    .at("/code", "codeReserved", "reserved");
        }
        return chosen;
    }

    private static void checkRoom(Transaction tx, CustomerId customer) {
        var has = tx.sql().fetchCount(CODE, CODE.CUSTOMER_ID.eq(customer));
        if (has >= PER_CUSTOMER_MAX) {
            throw ReferralsError.TOO_MANY_CODES.because("has %d codes".formatted(has));
        }
    }

    private static void insert(Transaction tx, CustomerId customer, String code, boolean chosen) {
        var inserted =
                tx.sql()
                        .insertInto(CODE)
                        .set(CODE.CODE_, code)
                        .set(CODE.CUSTOMER_ID, customer)
                        .set(CODE.ORIGINAL_CUSTOMER_ID, customer.value())
                        .set(CODE.CHOSEN, chosen)
                        .set(CODE.CREATED_AT, tx.now())
                        .onConflict(CODE.CODE_)
                        .doNothing()
                        .execute();
        if (inserted == 0) {
            throw ReferralsError.CODE_TAKEN
                    .because("this code belongs to somebody else")
                    .at("/code", "codeTaken", "taken");
        }
    }

    Code find(Read read, Request request) {
        return withQr(find(read, request.path("code")));
    }

    /** As people type it. */
    Code find(Read read, String typed) {
        return first(read, CODE.CODE_.eq(CodeText.canonical(typed)))
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such code"));
    }

    Page<Code> list(Read read, Request request) {
        var of =
                request.query("customerId", UUID.class)
                        .map(id -> CODE.CUSTOMER_ID.eq(new CustomerId(id)))
                        .orElse(noCondition());
        var behind = request.after().map(CODE.CODE_::gt).orElse(noCondition());
        var rows =
                read.sql()
                        .selectFrom(CODE)
                        .where(of.and(behind))
                        .orderBy(CODE.CODE_)
                        .limit(request.limit() + 1)
                        .fetch(row -> code(read, row));
        return Page.of(rows, request.limit(), Code::code);
    }

    /** Whose codes these are, of those that are known. */
    static Map<String, CustomerId> owners(Read read, Set<String> typed) {
        var canonical = new HashSet<String>();
        typed.forEach(code -> canonical.add(CodeText.canonical(code)));
        return read.sql()
                .select(CODE.CODE_, CODE.CUSTOMER_ID)
                .from(CODE)
                .where(CODE.CODE_.in(canonical))
                .fetchMap(CODE.CODE_, CODE.CUSTOMER_ID);
    }

    static Optional<Code> given(Read read, CustomerId customer) {
        return first(read, CODE.CUSTOMER_ID.eq(customer).and(CODE.CHOSEN.isFalse()));
    }

    /** One code to show for a customer, the given one if there is one. */
    static Optional<Code> any(Read read, CustomerId customer) {
        return given(read, customer).or(() -> first(read, CODE.CUSTOMER_ID.eq(customer)));
    }

    private static Optional<Code> first(Read read, Condition which) {
        return read.sql()
                .selectFrom(CODE)
                .where(which)
                .orderBy(CODE.CODE_)
                .limit(1)
                .fetchOptional(row -> code(read, row));
    }

    private static Code code(Read read, Record row) {
        var code = row.get(CODE.CODE_);
        return new Code(
                code,
                row.get(CODE.CUSTOMER_ID),
                row.get(CODE.CHOSEN),
                read.link("/public/referrals/" + code),
                row.get(CODE.CREATED_AT),
                null);
    }

    private static Code withQr(Code code) {
        return new Code(
                code.code(),
                code.customerId(),
                code.chosen(),
                code.link(),
                code.createdAt(),
                QrSvg.of(code.link().toString()).document());
    }
}
