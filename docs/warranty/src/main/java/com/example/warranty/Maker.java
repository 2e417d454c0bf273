package com.example.warranty;

import dev.kith.api.Crm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells the maker of a new warranty. */
record Maker(@Nullable URI url) implements Crm.Sender<Cover.Key> {

    private static final String CONTENT = "{\"coverId\": \"%s\"}";

    @Override
    public void send(UUID id, Cover.Key key) throws IOException, InterruptedException {
        if (url == null) {
            return; // the setting was taken away since it was asked for
        }
        var request =
                HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", id.toString())
                        .POST(BodyPublishers.ofString(CONTENT.formatted(key.coverId())))
                        .build();
        // Closed each time, so that no thread of it is left when the plugin is switched off.
        try (var client = HttpClient.newHttpClient()) {
            var status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status >= 300) {
                throw new IOException("the maker answered " + status);
            }
        }
    }
}
