package dev.kith.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal, thrown by a handler and answered as RFC 9457 problem details. It is an outcome, not a
 * bug: it has no stack trace and is not logged as an error.
 *
 * {@snippet :
 * throw StandardError.INVALID_INPUT
 *         .because("the input is wrong")
 *         .at("/boughtOn", "inTheFuture", "must not lie in the future");
 * }
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The most places one answer names. */
    public static final int PLACES_MAX = 50;

    private final transient ErrorCode code;
    private final transient List<Place> places;
    private final transient Map<String, Object> members;

    Problem(ErrorCode code, String detail) {
        this(code, detail, List.of(), Map.of());
    }

    private Problem(
            ErrorCode code, String detail, List<Place> places, Map<String, Object> members) {
        super(detail, null, false, false);
        this.code = code;
        this.places = List.copyOf(places);
        this.members = Map.copyOf(members);
    }

    /** The same problem, naming one more place in the input that is wrong. */
    public Problem at(String pointer, String placeCode, String message) {
        var more = new ArrayList<>(places);
        if (more.size() < PLACES_MAX) {
            more.add(new Place(pointer, placeCode, message));
        }
        return new Problem(code, detail(), more, members);
    }

    /** The same problem with one more member, such as {@code allowed} of a wrong state. */
    public Problem with(String member, Object value) {
        var more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(code, detail(), places, more);
    }

    /** What it is, for programs. */
    public ErrorCode code() {
        return code;
    }

    /** What it is, for people: one English sentence. */
    public String detail() {
        var detail = getMessage();
        return detail == null ? "" : detail;
    }

    /** Where in the input it is, if it is there. */
    public List<Place> places() {
        return places;
    }

    /** What else the answer says, by name. */
    public Map<String, Object> members() {
        return members;
    }

    /**
     * @param pointer a JSON Pointer (RFC 6901) into the body, or the name of a parameter
     */
    public record Place(String pointer, String code, String message) {}
}
