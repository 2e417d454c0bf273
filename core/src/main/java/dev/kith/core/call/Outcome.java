package dev.kith.core.call;

/** What a handler returned, and under which status it is to be answered. */
record Outcome(Object out, int status) {

    static Outcome of(AskedRequest request, Object out) {
        return new Outcome(out, request.status());
    }
}
