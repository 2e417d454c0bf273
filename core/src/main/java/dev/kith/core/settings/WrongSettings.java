package dev.kith.core.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that are wrong or unknown: all of them, one line each. */
public final class WrongSettings extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Wrong> all;

    /**
     * One thing that is wrong.
     *
     * @param place where it stands: file and line and setting, or the variable, or just the setting
     */
    public record Wrong(String place, String message) {
        @Override
        public String toString() {
            return place + ": " + message;
        }
    }

    WrongSettings(List<Wrong> all) {
        super(all.stream().map(Wrong::toString).collect(Collectors.joining("\n")));
        this.all = List.copyOf(all);
    }

    public List<Wrong> all() {
        return all;
    }
}
