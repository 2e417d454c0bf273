package dev.kith.messages;

import dev.kith.api.Contacts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways to reach somebody. Its text is the channel of a consent, too. */
enum Channel {
    EMAIL,
    SMS,
    WECOM,
    WECHAT;

    static Optional<Channel> of(String text) {
        return Arrays.stream(values()).filter(channel -> channel.text().equals(text)).findFirst();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where a customer is reached: the first address there is, or what the platform calls them. */
    Optional<String> address(Contacts contacts) {
        return switch (this) {
            case EMAIL -> contacts.emails().stream().findFirst();
            case SMS -> contacts.phones().stream().findFirst();
            case WECOM, WECHAT ->
                    contacts.externalIds().stream()
                            .filter(id -> id.source().equals(text()))
                            .map(id -> id.id())
                            .findFirst();
        };
    }
}
