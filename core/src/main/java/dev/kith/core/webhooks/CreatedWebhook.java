package dev.kith.core.webhooks;

import dev.kith.core.call.ShownOnce;
import java.util.UUID;

/** A webhook's id with its secret, which is shown this once. */
record CreatedWebhook(UUID id, String secret) implements ShownOnce {}
