package dev.kith.core.call;

import dev.kith.api.CustomerId;
import dev.kith.api.Request;
import dev.kith.core.database.Reading;
import dev.kith.core.input.QueryText;
import dev.kith.core.input.QueryValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What core's own handlers may know and do beyond the plugin API; every {@link Request} of the HTTP
 * front is one.
 */
public interface CoreRequest extends Request {

    /** Of a page, which declares no query parameters and so takes any. */
    static CoreRequest ofPage(Asked asked, Reading reading) {
        var values = new HashMap<String, Object>(QueryText.parse(asked.query()));
        var query = new QueryValues(values, QueryValues.LIMIT_DEFAULT, null, null);
        return new AskedRequest(asked, query, reading, 200);
    }

    Principal principal();

    Optional<String> header(String name);

    /**
     * As {@link #customer}, but a UUID is taken as it stands: for handlers that find out themselves
     * whether there is such a customer, and so need one query less.
     */
    CustomerId namedCustomer(String name);

    /** Keeps a detail in the audit beside who, when and what, such as the reason given. */
    void audits(Map<String, Object> detail);

    /**
     * Holds the answer back after the commit, without holding a thread: {@code later} is called on
     * the handler's thread once the transaction has committed, and what its stage brings is
     * answered instead of what the handler returned (which is still what an idempotency key keeps).
     * The stage must complete; a failed one answers what the handler returned.
     */
    void answerAfterCommit(Supplier<CompletionStage<Object>> later);
}
