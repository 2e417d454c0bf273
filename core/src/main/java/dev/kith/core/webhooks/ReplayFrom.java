package dev.kith.core.webhooks;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** From which event on a webhook is to be told everything again, that one included. */
record ReplayFrom(@NotNull UUID eventId) {
    static final ReplayFrom EXAMPLE =
            new ReplayFrom(UUID.fromString("01a20bc8-26cf-7870-b6bb-b4d2aef9d324"));
}
