package dev.kith.core.http.health;

import java.util.Map;

/** What has to be well before a node may be sent requests. */
@FunctionalInterface
public interface Ready {

    /** Each part by name, with an empty text if it is ready or the reason why not. Quick. */
    Map<String, String> parts();
}
