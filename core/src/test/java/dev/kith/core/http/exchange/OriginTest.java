package dev.kith.core.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginTest {

    @Test
    void of_what_proxies_have_added_the_last_is_believed() {
        assertThat(Origin.forwarded(List.of("192.0.2.66", "198.51.100.1, 192.0.2.7")))
                .isEqualTo("192.0.2.7");
    }

    @Test
    void an_address_with_a_zone_and_one_that_is_none_are_taken_as_they_are() {
        assertThat(Origin.of("fe80::1%lo")).startsWith("fe80:");
        assertThat(Origin.of("unknown")).isEqualTo("unknown");
    }
}
