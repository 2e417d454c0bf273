package dev.kith.testkit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What one event has brought about once everything was delivered: the events that were published
 * because of it, by handlers, by handlers of those, and by timers that they armed.
 *
 * {@snippet :
 * var purchase = crm.publish("purchase.completed", customer, Map.of("orderId", "o-1"));
 * var begun = crm.after(purchase).expect("warranty.begun");
 * assertThat(begun.text("/orderId")).isEqualTo("o-1");
 * crm.after(purchase).expectNone("warranty.ended");
 * }
 *
 * @param all in order of commit
 * @param failures the subscriptions that could not take one of these events, each with its reason
 */
public record Effects(List<Published> all, List<String> failures) {

    public Effects {
        all = List.copyOf(all);
        failures = List.copyOf(failures);
    }

    /**
     * The one event on this topic.
     *
     * @throws AssertionError if there is none or more than one, saying what there is and which
     *     handlers failed
     */
    public Published expect(String topic) {
        var found = on(topic);
        if (found.size() != 1) {
            throw new AssertionError(
                    "%d events on %s instead of one; %s".formatted(found.size(), topic, this));
        }
        return found.getFirst();
    }

    /**
     * The same effects, if nothing was published on this topic.
     *
     * @throws AssertionError if there is something
     */
    public Effects expectNone(String topic) {
        if (!on(topic).isEmpty()) {
            throw new AssertionError("there should be no %s; %s".formatted(topic, this));
        }
        return this;
    }

    private List<Published> on(String topic) {
        return all.stream().filter(event -> event.topic().equals(topic)).toList();
    }

    @Override
    public String toString() {
        var happened =
                all.stream()
                        .map(event -> event.topic() + " " + event.payload())
                        .collect(Collectors.joining(", ", "what happened: [", "]"));
        return failures.isEmpty() ? happened : happened + ", what failed: " + failures;
    }
}
