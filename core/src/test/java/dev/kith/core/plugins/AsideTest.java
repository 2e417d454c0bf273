package dev.kith.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A change of a plugin that takes longer than the request that asked for it. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AsideTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final CompletableFuture<String> gate = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    private String change() {
        var way = gate.join();
        ended.complete(Thread.currentThread().isInterrupted() ? "interrupted" : way);
        return way;
    }

    @Test
    void it_goes_on_when_the_request_is_answered() {
        assertThatThrownBy(() -> Aside.change("warranty", AT_ONCE, this::change))
                .hasFieldOrPropertyWithValue("code", PluginsError.STILL_UNDER_WAY)
                .hasMessageContaining("GET /plugins/warranty");
        gate.complete("done");
        assertThat(ended.join()).isEqualTo("done");
    }

    @Test
    void it_goes_on_when_the_request_is_interrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> Aside.change("warranty", LONG, this::change))
                    .hasFieldOrPropertyWithValue("code", PluginsError.STILL_UNDER_WAY);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        gate.complete("done");
        assertThat(ended.join()).isEqualTo("done");
    }

    @Test
    void what_it_refuses_is_refused() {
        assertThatThrownBy(() ->
                        Aside.change(
                                "warranty",
                                LONG,
                                () -> {
                                    throw PluginsError.NEEDED.because("others need it");
                                }))
                .hasFieldOrPropertyWithValue("code", PluginsError.NEEDED);
    }
}
