package dev.kith.surveys;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How customers are asked, from {@code plugins.surveys} in the settings. All may be left out.
 *
 * @param coolDown how long a customer is left alone after an invitation; 30 days unless said
 * @param linkLasts how long a link can be answered; 14 days unless said
 * @param triggers what asks by itself; none unless said
 */
record SurveysConfig(Duration coolDown, Duration linkLasts, List<Trigger> triggers) {

    static final Duration COOL_DOWN_MAX = Duration.ofDays(730);
    static final Duration LINK_MAX = Duration.ofDays(365);
    static final Duration DELAY_MAX = Duration.ofDays(365);
    static final int TRIGGERS_MAX = 100;

    private static final Duration COOL_DOWN = Duration.ofDays(30);
    private static final Duration LINK_LASTS = Duration.ofDays(14);

    /**
     * Asks a customer some time after an event.
     *
     * @param name never changes, because it says how far the events of the topic were seen
     * @param questionnaire its key
     * @param delay after the event; none unless said
     * @param when an audience over facts and the event's {@code data}; everybody unless said
     */
    record Trigger(
            String name,
            String topic,
            String questionnaire,
            Duration delay,
            @Nullable String when) {

        Trigger {
            delay = delay == null ? Duration.ZERO : delay;
            if (name == null || !name.matches("[a-z][a-zA-Z0-9]{0,39}")) {
                throw new IllegalArgumentException(
                        "a trigger needs a name, such as afterComplaint");
            }
            if (topic == null || !topic.matches("[a-z][a-z0-9]*\\.[a-z][a-zA-Z0-9]*")) {
                throw new IllegalArgumentException(
                        name + " needs a topic, such as complaint.resolved");
            }
            if (questionnaire == null || !questionnaire.matches(Questionnaire.KEY)) {
                throw new IllegalArgumentException(name + " needs the key of a questionnaire");
            }
            if (delay.isNegative() || delay.compareTo(DELAY_MAX) > 0) {
                throw new IllegalArgumentException(
                        "the delay of %s is at most %s".formatted(name, DELAY_MAX));
            }
        }
    }

    SurveysConfig {
        coolDown = coolDown == null ? COOL_DOWN : coolDown;
        linkLasts = linkLasts == null ? LINK_LASTS : linkLasts;
        triggers = triggers == null ? List.of() : List.copyOf(triggers);
        if (coolDown.isNegative() || coolDown.compareTo(COOL_DOWN_MAX) > 0) {
            throw new IllegalArgumentException("coolDown is at most " + COOL_DOWN_MAX);
        }
        if (!linkLasts.isPositive() || linkLasts.compareTo(LINK_MAX) > 0) {
            throw new IllegalArgumentException("linkLasts is at most " + LINK_MAX);
        }
        if (triggers.size() > TRIGGERS_MAX) {
            throw new IllegalArgumentException(
                    "there are at most %d triggers".formatted(TRIGGERS_MAX));
        }
        var names = new HashSet<String>();
        for (var trigger : triggers) {
            if (!names.add(trigger.name())) {
                throw new IllegalArgumentException("two triggers are called " + trigger.name());
            }
        }
    }
}
