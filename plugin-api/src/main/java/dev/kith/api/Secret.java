package dev.kith.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What must not be seen, in settings and in links: prints as stars and is not written as JSON.
 *
 * {@snippet :
 * record Config(URI address, Secret password) {}
 *
 * client.login(config.password().reveal());
 * }
 */
public final class Secret {

    private final String value;

    @JsonCreator
    public Secret(String value) {
        this.value = value;
    }

    /** The value itself, to be handed to what needs it and never kept or logged. */
    public String reveal() {
        return value;
    }

    /**
     * What may be kept to recognise a token by. Enough for one of {@link Transaction#newToken}, which
     * nobody can guess; far too little for a password.
     */
    public byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
