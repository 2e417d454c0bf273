package dev.kith.core.author;

import java.util.List;

/** Why nothing was made or run, for the author to read. */
public final class CannotWork extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String sentence;
    private final List<String> arguments;

    CannotWork(String sentence, Object... arguments) {
        super(sentence);
        this.sentence = sentence;
        this.arguments = List.of(arguments).stream().map(Object::toString).toList();
    }

    /** The key of the sentence in the commands' texts. */
    public String sentence() {
        return sentence;
    }

    public List<String> arguments() {
        return arguments;
    }
}
