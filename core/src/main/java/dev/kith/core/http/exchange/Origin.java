package dev.kith.core.http.exchange;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/** Where a caller is, as far as rate limits tell callers apart. */
final class Origin {

    /** Whoever has an IPv6 address has a network of them, and could call from each in turn. */
    private static final int NETWORK_BYTES = 8;

    private Origin() {}

    /**
     * The word of the last proxy, which is the last of all: it may have put it behind what stood
     * there, or in a line of its own. All before is the caller's own invention.
     *
     * @param lines the header's values, line by line
     */
    static String forwarded(List<String> lines) {
        var last = lines.getLast();
        return of(last.substring(last.lastIndexOf(',') + 1).strip());
    }

    /** An IPv4 address as it is; of an IPv6 address its network. */
    static String of(String address) {
        try {
            var literal = InetAddress.ofLiteral(address);
            return literal instanceof Inet6Address ? network(literal.getAddress()) : address;
        } catch (IllegalArgumentException notAnAddress) {
            // What proxies write is up to them: a port behind it, a name.
            return address;
        }
    }

    private static String network(byte[] bytes) {
        var text = new StringBuilder();
        for (var i = 0; i < NETWORK_BYTES; i += 2) {
            var group = (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
            text.append(Integer.toHexString(group)).append(':');
        }
        return text.append(":/64").toString();
    }
}
