package dev.kith.core.packages;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A file that is no package, or one that is not to be touched, in words for the operator. */
public final class WrongPackage extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    public WrongPackage(String reason) {
        super(reason);
    }

    public WrongPackage(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
