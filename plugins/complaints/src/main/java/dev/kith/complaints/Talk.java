package dev.kith.complaints;

import static dev.kith.complaints.db.Tables.MESSAGE;

import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import java.util.UUID;
import org.jooq.impl.DSL;

/** The conversation about a case. */
final class Talk {

    private Talk() {}

    static Page<Message> messages(Read read, Request request) {
        var id = request.id("case");
        var after = request.after().map(UUID::fromString);
        var rows =
                CaseTable.messages(
                        read,
                        MESSAGE.CASE_ID
                                .eq(id)
                                .and(after.map(MESSAGE.ID::gt).orElse(DSL.noCondition())),
                        request.limit() + 1);
        if (rows.isEmpty()) {
            CaseTable.find(read, id);
        }
        return Page.of(rows, request.limit(), message -> message.id().toString());
    }
}
