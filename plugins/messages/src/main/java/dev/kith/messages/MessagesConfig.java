package dev.kith.messages;

import dev.kith.api.Secret;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How messages go out.
 *
 * @param channels in the order in which they are tried
 * @param smtp where e-mail goes; without it, e-mail is only logged
 * @param sms a gateway; likewise {@code wecom} and {@code wechat}
 * @param purposes what holds for the messages of a purpose; all, for one that is not named
 * @param language of customers whose language is not known
 * @param answerWithin how long one attempt may take, from the first packet to the last
 * @param expiresAfter how long it makes sense to try
 * @param keepFor how long what became of a message is kept after its end, and its link to
 *     unsubscribe works
 */
record MessagesConfig(
        @Nullable List<String> channels,
        @Nullable @Valid Smtp smtp,
        @Nullable @Valid Gateway sms,
        @Nullable @Valid Gateway wecom,
        @Nullable @Valid Gateway wechat,
        @Nullable Map<String, Purpose> purposes,
        @Nullable QuietHours quietHours,
        @Nullable Pressure pressure,
        @Nullable Language language,
        @Nullable Duration answerWithin,
        @Nullable Duration expiresAfter,
        @Nullable Duration keepFor) {

    private static final Duration ANSWER_DEFAULT = Duration.ofSeconds(20);

    /** Sends have 30 seconds, and what came of them is still to be recorded. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(25);

    private static final Duration EXPIRES_DEFAULT = Duration.ofDays(3);
    private static final Duration EXPIRES_MAX = Duration.ofDays(30);

    /** A shop's year, and some. */
    private static final Duration KEEP_DEFAULT = Duration.ofDays(400);

    /** Laws want a link to work for a month. */
    private static final Duration KEEP_MIN = Duration.ofDays(30);

    private static final Duration KEEP_MAX = Duration.ofDays(3_660);
    private static final String WEBHOOK_SECRET = "whsec_";

    enum Security {
        NONE,
        START_TLS,
        TLS
    }

    /**
     * @param user empty: without signing in
     * @param from the sender, such as {@code Shop <hello@example.com>}
     */
    record Smtp(
            String host,
            @Nullable Integer port,
            @Nullable String user,
            @Nullable Secret password,
            String from,
            @Nullable Security security) {

        Smtp {
            security = security == null ? Security.START_TLS : security;
            port = port == null ? (security == Security.TLS ? 465 : 587) : port;
            if (host == null || host.isBlank() || from == null) {
                throw new IllegalArgumentException("smtp needs host and from");
            }
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("a port is from 1 to 65535");
            }
            MailCarrier.requireSender(from);
        }
    }

    /**
     * @param secret signs as webhooks do: {@code whsec_} and 24 to 64 bytes as Base64
     */
    record Gateway(URI url, Secret secret) {

        Gateway {
            if (url == null || url.getHost() == null || !url.getScheme().matches("https?")) {
                throw new IllegalArgumentException("a gateway needs a url that begins with http");
            }
            if (secret == null || !isKey(secret.reveal())) {
                throw new IllegalArgumentException(
                        "a gateway's secret is whsec_ and 24 to 64 bytes as Base64");
            }
        }

        private static boolean isKey(String secret) {
            try {
                var bytes = secret.startsWith(WEBHOOK_SECRET) ? key(secret).length : 0;
                return bytes >= 24 && bytes <= 64;
            } catch (IllegalArgumentException notBase64) {
                return false;
            }
        }

        static byte[] key(String secret) {
            return Base64.getDecoder().decode(secret.substring(WEBHOOK_SECRET.length()));
        }
    }

    /**
     * @param consent whether the customer must have consented
     * @param quietHours whether it waits for the morning
     * @param pressure whether it may be too many; it counts in any case
     */
    record Purpose(boolean consent, boolean quietHours, boolean pressure) {

        static final Purpose ALL = new Purpose(true, true, true);

        /** What a customer waits for, such as a receipt: at once, and without being asked. */
        static final Purpose NONE = new Purpose(false, false, false);
    }

    /** At most so many messages to one customer in any span of so many days. */
    record Pressure(int messages, int days) {

        static final Pressure DEFAULT = new Pressure(3, 7);

        Pressure {
            if (messages < 1 || messages > 1_000 || days < 1 || days > 366) {
                throw new IllegalArgumentException(
                        "pressure is 1 to 1000 messages in 1 to 366 days");
            }
        }
    }

    MessagesConfig {
        channels = channels == null ? List.of(Channel.EMAIL.text()) : List.copyOf(channels);
        purposes = purposes == null ? Map.of("service", Purpose.NONE) : Map.copyOf(purposes);
        quietHours = quietHours == null ? QuietHours.DEFAULT : quietHours;
        pressure = pressure == null ? Pressure.DEFAULT : pressure;
        language = language == null ? Language.EN : language;
        answerWithin = answerWithin == null ? ANSWER_DEFAULT : answerWithin;
        expiresAfter = expiresAfter == null ? EXPIRES_DEFAULT : expiresAfter;
        keepFor = keepFor == null ? KEEP_DEFAULT : keepFor;
        if (answerWithin.compareTo(Duration.ofSeconds(1)) < 0
                || answerWithin.compareTo(ANSWER_MAX) > 0) {
            throw new IllegalArgumentException("answerWithin is from PT1S to " + ANSWER_MAX);
        }
        if (expiresAfter.compareTo(Duration.ofMinutes(1)) < 0
                || expiresAfter.compareTo(EXPIRES_MAX) > 0) {
            throw new IllegalArgumentException("expiresAfter is from PT1M to " + EXPIRES_MAX);
        }
        if (keepFor.compareTo(KEEP_MIN) < 0 || keepFor.compareTo(KEEP_MAX) > 0) {
            throw new IllegalArgumentException("keepFor is from P30D to P3660D");
        }
        if (keepFor.toDays() < pressure.days()) {
            throw new IllegalArgumentException(
                    "keepFor is at least the days of pressure, which are counted from what is kept");
        }
        for (var name : channels) {
            var channel =
                    Channel.of(name)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            name + " is none of email, sms, wecom, wechat"));
            if (channel != Channel.EMAIL && gateway(channel, sms, wecom, wechat) == null) {
                throw new IllegalArgumentException(
                        "the channel %s needs %s.url and %s.secret".formatted(name, name, name));
            }
        }
    }

    private static @Nullable Gateway gateway(
            Channel channel,
            @Nullable Gateway sms,
            @Nullable Gateway wecom,
            @Nullable Gateway wechat) {
        return switch (channel) {
            case EMAIL -> null;
            case SMS -> sms;
            case WECOM -> wecom;
            case WECHAT -> wechat;
        };
    }

    Optional<Gateway> gateway(Channel channel) {
        return Optional.ofNullable(gateway(channel, sms, wecom, wechat));
    }

    List<Channel> order() {
        return Objects.requireNonNull(channels).stream()
                .map(name -> Channel.of(name).orElseThrow())
                .toList();
    }

    /** The language of customers whose own is not known. */
    Language otherwise() {
        return Objects.requireNonNull(language);
    }

    Purpose purpose(String name) {
        return Objects.requireNonNull(purposes).getOrDefault(name, Purpose.ALL);
    }
}
