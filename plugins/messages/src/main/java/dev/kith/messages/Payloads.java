package dev.kith.messages;

import dev.kith.api.Personal;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the events say that messages hears and publishes. */
final class Payloads {

    record MessageRequested(
            UUID messageId,
            String purpose,
            String template,
            @Personal @Nullable Map<String, Object> data) {}

    record MessageSent(UUID messageId, String channel) {}

    record MessageSuppressed(UUID messageId, Reason reason) {}

    record MessageFailed(UUID messageId, Reason reason) {}

    record ConsentGiven(String purpose, @Nullable String channel) {}

    record WithdrawalRequested(String purpose, String channel, String evidence, String source) {}

    private Payloads() {}
}
