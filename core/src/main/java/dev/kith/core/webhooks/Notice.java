package dev.kith.core.webhooks;

import java.util.UUID;

/** What is kept of a delivery: which webhook is told of which event; never the event itself. */
record Notice(UUID webhook, UUID event, long position, String topic) {}
