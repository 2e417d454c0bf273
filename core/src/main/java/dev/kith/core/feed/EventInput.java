package dev.kith.core.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kith.api.AboutCustomer;
import dev.kith.api.CustomerId;
import dev.kith.api.ForeignId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as a caller tells it.
 *
 * @param source within which the key is unique; the name of the API key unless said
 * @param occurredAt now unless said
 */
record EventInput(
        @NotBlank @Size(max = 100) String topic,
        @Nullable @Size(min = 1, max = SOURCE_MAX) String source,
        @NotBlank @Size(max = 200) String key,
        @Nullable CustomerId customerId,
        @Nullable @Valid ForeignId customer,
        @Nullable Instant occurredAt,
        @NotNull JsonNode data)
        implements AboutCustomer {

    static final int SOURCE_MAX = 100;

    // JSON null is a node to Jackson and a missing value to everybody else; the constraint on data
    // then says so.
    @SuppressWarnings("NullAway")
    EventInput {
        data = data == null || data.isNull() ? null : data;
    }

    /** The longest line of a stream, in bytes. */
    static final int LINE_BYTES_MAX = 64 * 1024;

    static final EventInput EXAMPLE =
            new EventInput(
                    Vocabulary.TOPIC,
                    "till-7",
                    "receipt-20260105-0001",
                    null,
                    new ForeignId("pos", "8812"),
                    Instant.parse("2026-01-05T10:15:30Z"),
                    Vocabulary.purchase());

    /** Words of the example. */
    private static final class Vocabulary {
        static final String TOPIC = dev.kith.api.Vocabulary.PURCHASE_COMPLETED;

        static JsonNode purchase() {
            var data = JsonNodeFactory.instance.objectNode().put("orderId", "A-1001");
            data.putObject("amount").put("value", "129.90").put("currency", "CNY");
            return data;
        }
    }
}
