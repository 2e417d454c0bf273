package dev.kith.messages;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as it goes out. Lives in memory only: nothing of it is stored or logged.
 *
 * @param delivery the same at every attempt, for the receiver to recognise
 * @param unsubscribe where the customer says no more, of purposes that need a consent
 */
record Outgoing(
        UUID delivery,
        UUID messageId,
        String template,
        Channel channel,
        String address,
        Language language,
        Rendered content,
        @Nullable URI unsubscribe,
        Instant at) {

    /** A template filled in. */
    public record Rendered(String subject, String text, @Nullable String html) {}

    /** What came of an attempt. */
    sealed interface Outcome {

        Channel channel();

        /** The other side has taken it. */
        record Taken(Channel channel) implements Outcome {}

        /** The other side will never take it. */
        record Refused(Channel channel) implements Outcome {}

        /** It may be taken later; whether it was taken already cannot be known. */
        record Unknown(Channel channel) implements Outcome {}
    }
}
