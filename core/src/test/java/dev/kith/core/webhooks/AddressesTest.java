package dev.kith.core.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.core.sends.NotSent;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody makes this server call what only it can reach, unless the operator says so. */
final class AddressesTest {

    private static final List<String> PRIVATE =
            List.of(
                    "127.0.0.1",
                    "127.8.9.1",
                    "0.0.0.0",
                    "10.1.2.3",
                    "172.16.0.1",
                    "172.31.255.255",
                    "192.168.1.1",
                    "169.254.169.254",
                    "100.64.0.1",
                    "192.0.0.8",
                    "198.18.0.1",
                    "224.0.0.1",
                    "240.0.0.1",
                    "255.255.255.255",
                    "::1",
                    "::",
                    "fe80::1",
                    "fec0::1",
                    "fd12:3456::1",
                    "ff02::1",
                    "::ffff:127.0.0.1",
                    "::ffff:10.0.0.1",
                    "::127.0.0.1",
                    "64:ff9b::7f00:1",
                    "2002:7f00:1::1",
                    "2001:0:7f00:1::1");
    private static final List<String> PUBLIC =
            List.of("8.8.8.8", "172.32.0.1", "100.128.0.1", "1.1.1.1", "2606:4700:4700::1111");

    private final Addresses usual = new Addresses(false);

    @Test
    void private_and_reserved_addresses_are_refused_and_public_ones_are_not() {
        assertThat(PRIVATE)
                .allSatisfy(it -> assertThat(usual.allowed(InetAddress.ofLiteral(it))).isFalse());
        assertThat(PUBLIC)
                .allSatisfy(it -> assertThat(usual.allowed(InetAddress.ofLiteral(it))).isTrue());
    }

    @Test
    void the_operator_may_allow_them() {
        assertThat(PRIVATE)
                .allSatisfy(it ->
                        assertThat(new Addresses(true).allowed(InetAddress.ofLiteral(it)))
                                .isTrue());
    }

    @Test
    void a_url_that_can_be_seen_to_be_wrong_is_refused_when_it_is_given() {
        assertThat(
                        List.of(
                                "http://127.0.0.1:8080/",
                                "http://[::1]/",
                                "http://[::ffff:127.0.0.1]/",
                                "http://localhost/",
                                "http://LOCALHOST:9000/a",
                                "http://kith.localhost/",
                                "http://2130706433/",
                                "http://127.1/",
                                "http://169.254.169.254/latest/meta-data/",
                                "https://user@example.com/",
                                "https://example.com/#part",
                                "https://example.com:0/",
                                "https://example.com:70000/",
                                "https:///path",
                                "https://exa mple.com/"))
                .allSatisfy(url -> assertThat(usual.wrong(url)).isPresent());
        assertThat(usual.wrong("https://shop.example.com:8443/hooks?a=b")).isEmpty();
        assertThat(usual.wrong("https://8.8.8.8/")).isEmpty();
    }

    @Test
    void a_name_that_leads_to_a_private_address_is_refused_when_it_is_called() {
        assertThatThrownBy(() -> usual.resolve("localhost"))
                .isInstanceOf(NotSent.class)
                .hasMessageContaining("webhooks.privateAddresses");
        assertThatThrownBy(() -> usual.resolve("2130706433")).isInstanceOf(NotSent.class);
    }

    @Test
    void the_address_found_is_the_one_that_is_called() throws NotSent {
        assertThat(new Addresses(true).resolve("127.0.0.1").getHostAddress())
                .isEqualTo("127.0.0.1");
    }
}
