package dev.kith.core.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.Serial;
import java.util.UUID;

/** A payload that the consumer's record cannot take. */
final class UnreadablePayload extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    UnreadablePayload(UUID event, JsonProcessingException cause) {
        super("the payload of " + event + " does not fit the handler's record", cause);
    }
}
