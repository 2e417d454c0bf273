package dev.kith.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.http.exchange.HttpSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Who calls too often waits, alone, and is told how long. The test moves the clock. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RateLimitTest {

    private static final int PER_SECOND = 2;
    private static final int AT_ONCE = 4;
    private static final String BOOKS = "/api/v1/shelf/books";
    private static final String HOURS = "/public/shelf/hours";

    private final AtomicLong nanos = new AtomicLong();
    private HttpFixture crm;

    @BeforeAll
    void start() {
        var usual = HttpFixture.settings();
        var strict =
                new HttpSettings(
                        usual.host(),
                        0,
                        null,
                        true,
                        PER_SECOND,
                        PER_SECOND,
                        usual.connectionsMax(),
                        usual.headersWithin(),
                        usual.idleWithin(),
                        usual.stopWithin());
        crm = new HttpFixture(strict, nanos::get);
    }

    @AfterAll
    void stop() {
        crm.close();
    }

    private HttpFixture.Answered by(String key) {
        return crm.anonymously("GET", BOOKS).with("Authorization", "Bearer " + key).send();
    }

    private HttpFixture.Answered from(String address) {
        return crm.anonymously("GET", HOURS).with("X-Forwarded-For", address).send();
    }

    private static void assertSlowedDown(HttpFixture.Answered answer) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("tooManyRequests");
        assertThat(answer.header("Retry-After")).contains("1");
        assertThat(answer.at("/requestId")).isNotEmpty();
    }

    @Test
    void a_key_that_calls_too_often_waits_and_no_other_does() {
        var busy = crm.key("shelf:read");
        var calm = crm.key("shelf:read");
        for (var i = 0; i < AT_ONCE; i++) {
            assertThat(by(busy).status()).isEqualTo(200);
        }
        assertSlowedDown(by(busy));
        assertThat(by(calm).status()).isEqualTo(200);
        assertThat(by(HttpFixture.ADMIN).status()).isEqualTo(200);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        for (var i = 0; i < PER_SECOND; i++) {
            assertThat(by(busy).status()).isEqualTo(200);
        }
        assertSlowedDown(by(busy));
    }

    @Test
    void an_address_that_calls_public_routes_too_often_waits_and_no_other_does() {
        for (var i = 0; i < AT_ONCE; i++) {
            assertThat(from("192.0.2.1").status()).isEqualTo(200);
        }
        assertSlowedDown(from("192.0.2.1"));
        assertThat(from("192.0.2.2").status()).isEqualTo(200);
        // What stands before the last comma is the caller's own invention.
        assertSlowedDown(from("192.0.2.3, 192.0.2.1"));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(from("192.0.2.1").status()).isEqualTo(200);
    }

    @Test
    void who_guesses_keys_is_slowed_down_before_the_database_is_asked() {
        var seen = 0;
        for (var i = 0; i < 150 && seen != 429; i++) {
            seen =
                    crm.anonymously("GET", BOOKS)
                            .with("X-Forwarded-For", "192.0.2.9")
                            .with("Authorization", "Bearer kith_guess" + i)
                            .send()
                            .status();
            assertThat(seen).isIn(401, 429);
        }
        assertThat(seen).isEqualTo(429);
    }

    @Test
    void a_proxy_that_adds_a_line_of_its_own_is_believed_and_nobody_before_it() {
        for (var i = 0; i < AT_ONCE; i++) {
            assertThat(twice("198.51.100." + i, "192.0.2.40").status()).isEqualTo(200);
        }
        assertSlowedDown(twice("198.51.100.99", "192.0.2.40"));
    }

    private HttpFixture.Answered twice(String invented, String true_) {
        return crm.anonymously("GET", HOURS)
                .with("X-Forwarded-For", invented)
                .and("X-Forwarded-For", true_)
                .send();
    }

    @Test
    void a_network_of_ipv6_is_one_caller() {
        for (var i = 0; i < AT_ONCE; i++) {
            assertThat(from("2001:db8:0:7::" + i).status()).isEqualTo(200);
        }
        assertSlowedDown(from("2001:db8:0:7:ffff::1"));
        assertThat(from("2001:db8:0:8::1").status()).isEqualTo(200);
    }
}
