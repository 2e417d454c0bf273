package dev.kith.core.area;

import dev.kith.core.failure.OutcomeUnknown;
import java.util.function.Consumer;

/**
 * Failures that are not answered: out of memory or worse, and a commit of which nothing was heard.
 * After one of them it cannot be said what was done and what was not, so it is neither a refusal nor
 * one bad line among good ones.
 */
public final class Fatal {

    private Fatal() {}

    /**
     * Throws it on if it is one. A stack that overflowed is a bug like any other: it has been
     * unwound, and nothing else has suffered.
     */
    public static void rethrow(Throwable failure) {
        rethrowOfMachine(failure);
        if (failure instanceof OutcomeUnknown unknown) {
            throw unknown;
        }
    }

    /** The same where a commit of which nothing was heard is tried again like any other failure. */
    public static void rethrowOfMachine(Throwable failure) {
        rethrowOfMachine(failure, fatal -> {});
    }

    /**
     * The same where the next call is to know of it: nothing can be written down in this one.
     *
     * @param note is given it first, if it is one
     */
    public static void rethrowOfMachine(Throwable failure, Consumer<Throwable> note) {
        if (failure instanceof VirtualMachineError fatal
                && !(failure instanceof StackOverflowError)) {
            note.accept(fatal);
            throw fatal;
        }
    }
}
