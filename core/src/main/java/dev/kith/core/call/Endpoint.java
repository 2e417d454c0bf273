package dev.kith.core.call;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.area.Messages;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.input.JsonInput;
import dev.kith.core.input.QueryValues;
import dev.kith.core.registry.RouteSpec;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What calling any declared route needs: its area's mappers, its checks, its words. */
public final class Endpoint {

    public final Area area;
    public final RouteSpec spec;
    public final UnitOfWork work;
    public final Refusals refusals;
    public final Replies replies;
    final JsonInput json;
    private final @Nullable ObjectReader reader;

    /**
     * @param plugin whose error codes its handlers throw
     */
    public Endpoint(Area area, String plugin, RouteSpec spec, UnitOfWork work, Messages coreTexts) {
        this.area = area;
        this.spec = spec;
        this.work = work;
        var mapper = area.json().strict();
        this.refusals = new Refusals(plugin, mapper, area.messages(), coreTexts);
        this.replies = new Replies(mapper.writer(), spec);
        this.json = new JsonInput(mapper);
        this.reader = spec.in().map(mapper::readerFor).orElse(null);
    }

    /**
     * @throws Problem for what is not the route's input, or breaks its constraints
     */
    public Object input(byte[] body, Locale locale) {
        if (reader == null) {
            throw new IllegalStateException(spec.path() + " has no input");
        }
        var input = json.read(reader, body);
        area.validation().check(input, locale);
        return input;
    }

    public QueryValues query(Asked asked) {
        return QueryValues.of(asked.query(), spec, area.json().strict());
    }

    /** An action takes no input; clients that must send something send an empty object. */
    void refuseBody(Asked asked) {
        if (asked.body().length > 0 && !json.readTree(asked.body()).isEmpty()) {
            throw StandardError.INVALID_INPUT.because("this takes no body");
        }
    }
}
