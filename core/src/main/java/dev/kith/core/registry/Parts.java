package dev.kith.core.registry;

import dev.kith.api.Crm;
import dev.kith.api.Icon;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything one plugin declared. Immutable once registration has ended. */
public record Parts(
        String plugin,
        List<RouteSpec> routes,
        List<TopicSpec> topics,
        List<SubscriptionSpec> subscriptions,
        List<SenderSpec> senders,
        List<TimerSpec> timers,
        List<JobSpec> jobs,
        List<FactSpec> facts,
        List<PageSpec> pages,
        List<FormSpec> forms,
        List<PanelSpec> panels,
        Icon icon,
        Crm.@Nullable Export export,
        Crm.@Nullable Erase erase,
        Crm.@Nullable Merge merge,
        Crm.@Nullable Merge unmerge) {

    /** A topic and its owner. {@code external} topics may be published over HTTP. */
    public record TopicSpec(String name, Class<? extends Record> payload, boolean external) {}

    public record SenderSpec(String name, Class<?> payload, How how) {

        /** Whether transactions stand around the effect. */
        public sealed interface How {
            record Plain(Crm.Sender<?> sender) implements How {}

            record Decided(Crm.Effect<?, ?, ?> effect) implements How {}
        }
    }

    public record TimerSpec(String name, Class<?> key, Crm.Timer<?> handler) {}

    public record JobSpec(String name, java.time.Duration interval, Crm.Job handler) {}

    public record FactSpec(
            String name, Class<?> type, String meaning, Crm.FactProvider<?> provider) {}

    public Parts {
        routes = List.copyOf(routes);
        topics = List.copyOf(topics);
        subscriptions = List.copyOf(subscriptions);
        senders = List.copyOf(senders);
        timers = List.copyOf(timers);
        jobs = List.copyOf(jobs);
        facts = List.copyOf(facts);
        pages = List.copyOf(pages);
        forms = List.copyOf(forms);
        panels = List.copyOf(panels);
    }
}
