package dev.kith.core.webhooks;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is asked for, and as a PATCH changes it.
 *
 * @param name what people call it; blanks are none
 * @param url where its events are posted to
 * @param topics of which events
 */
record NewWebhook(
        @Nullable @Size(max = NewWebhook.NAME_MAX) @Pattern(regexp = "[^\\p{Cntrl}]*") String name,
        @NotNull @Size(max = NewWebhook.URL_MAX) @Pattern(regexp = "https?://[!-~]+") String url,
        @NotEmpty @Size(max = NewWebhook.TOPICS_MAX)
                Set<@NotNull @Size(max = 100) @Pattern(regexp = "[A-Za-z][A-Za-z0-9.-]*") String>
                        topics) {

    static final int NAME_MAX = 100;
    static final int URL_MAX = 2_000;
    static final int TOPICS_MAX = 50;

    static final NewWebhook EXAMPLE =
            new NewWebhook(
                    "Stock",
                    "https://stock.example.com/hooks/kith",
                    Set.of("purchase.completed", "purchase.refunded"));

    NewWebhook {
        name = name == null || name.isBlank() ? null : name;
        // In order, because the example is shown, and a copy's own order changes with every start.
        topics = topics == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(topics));
    }

    List<String> sortedTopics() {
        return List.copyOf(new TreeSet<>(topics));
    }
}
