package dev.kith.core.webhooks;

import dev.kith.core.sends.NotSent;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which addresses webhooks may call. Whoever may make a webhook could otherwise have this server
 * call what only it can reach: the database, a cloud's metadata, the neighbours.
 */
final class Addresses {

    /** Networks that are nobody's on the internet, beyond what Java itself has a word for. */
    private static final List<Network> RESERVED =
            List.of(
                    Network.of("0.0.0.0", 8),
                    Network.of("100.64.0.0", 10),
                    Network.of("192.0.0.0", 24),
                    Network.of("192.0.2.0", 24),
                    Network.of("192.88.99.0", 24),
                    Network.of("198.18.0.0", 15),
                    Network.of("198.51.100.0", 24),
                    Network.of("203.0.113.0", 24),
                    Network.of("240.0.0.0", 4),
                    // IPv6 unique local, and forms that carry an IPv4 address in them.
                    Network.of("fc00::", 7),
                    Network.of("::", 96),
                    Network.of("64:ff9b::", 96),
                    Network.of("64:ff9b:1::", 48),
                    Network.of("100::", 64),
                    Network.of("2001::", 23),
                    Network.of("2001:db8::", 32),
                    Network.of("2002::", 16),
                    Network.of("3fff::", 20),
                    Network.of("5f00::", 16));

    private record Network(byte[] prefix, int bits) {

        static Network of(String address, int bits) {
            return new Network(InetAddress.ofLiteral(address).getAddress(), bits);
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (var bit = 0; bit < bits; bit++) {
                var mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final boolean privateToo;

    /**
     * @param privateToo whether the operator has said that private addresses may be called
     */
    Addresses(boolean privateToo) {
        this.privateToo = privateToo;
    }

    /** Why this is no address for a webhook, as far as can be seen without asking the DNS. */
    Optional<String> wrong(String url) {
        try {
            var uri = new URI(url);
            if (uri.getHost() == null || uri.getHost().isEmpty()) {
                return Optional.of("names no host");
            }
            if (uri.getRawUserInfo() != null) {
                return Optional.of(
                        "must not hold a user or password; the signature proves who calls");
            }
            if (uri.getRawFragment() != null || uri.getPort() == 0 || uri.getPort() > 65_535) {
                return Optional.of("must have no fragment, and a port from 1 to 65535 if any");
            }
            return literal(uri.getHost()).filter(address -> !allowed(address)).map(it -> REFUSED);
        } catch (URISyntaxException e) {
            return Optional.of("is no URL");
        }
    }

    static final String REFUSED =
            "leads to a private or reserved address, which only the setting"
                    + " webhooks.privateAddresses permits";

    private static Optional<InetAddress> literal(String host) {
        if (host.equalsIgnoreCase("localhost")
                || host.toLowerCase(Locale.ROOT).endsWith(".localhost")) {
            return Optional.of(InetAddress.getLoopbackAddress());
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The one address to connect to: asked for once, so that nobody can answer the check one thing
     * and the connection another. One private address among several is enough to refuse.
     */
    InetAddress resolve(String host) throws NotSent {
        try {
            var all = InetAddress.getAllByName(host);
            if (!Arrays.stream(all).allMatch(this::allowed)) {
                throw NotSent.because("the URL " + REFUSED);
            }
            return all[0];
        } catch (UnknownHostException e) {
            throw NotSent.because("no such host");
        }
    }

    boolean allowed(InetAddress address) {
        return privateToo || !reserved(address);
    }

    private static boolean reserved(InetAddress address) {
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || !(address instanceof Inet4Address || address instanceof Inet6Address)
                || RESERVED.stream().anyMatch(network -> network.holds(address.getAddress()));
    }
}
