package dev.kith.core.loading;

import dev.kith.api.Audience;
import dev.kith.api.Condition;
import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.core.area.Validation;
import dev.kith.core.json.Json;
import dev.kith.core.registry.Registration;
import dev.kith.core.settings.PluginSettings;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a plugin is given while it registers for a description: settings, and no server behind. */
final class Unlistened implements Registration.Surroundings {

    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern FACT =
            Pattern.compile("(?<![\\w.])([a-z][a-z0-9]*)\\s*\\.\\s*([a-z]\\w*)(?![\\w(])");
    private static final Set<String> NO_PLUGINS = Set.of("customer", "event");

    private final PluginSettings settings;
    private final Json json;
    private final Validation validation;
    private final Set<String> facts = new TreeSet<>();

    Unlistened(PluginSettings settings, Json json, Validation validation) {
        this.settings = settings;
        this.json = json;
        this.validation = validation;
    }

    /** The facts that its expressions named, but for its own. */
    Set<String> facts() {
        return Set.copyOf(facts);
    }

    @Override
    public <T extends Record> T config(Class<T> type) {
        return settings.decode(type, json, validation);
    }

    @Override
    public Audience audience(String expression, Map<String, Class<?>> own) {
        var named = FACT.matcher(TEXT.matcher(expression).replaceAll("\"\""));
        while (named.find()) {
            var fact = named.group(1) + "." + named.group(2);
            if (!own.containsKey(fact)
                    && !NO_PLUGINS.contains(fact.substring(0, fact.indexOf('.')))) {
                facts.add(fact);
            }
        }
        return new Unasked(expression);
    }

    @Override
    public Condition condition(String expression, String name, Map<String, Class<?>> types) {
        return new Unheld(expression);
    }

    private record Unasked(String expression) implements Audience {
        @Override
        public Verdict test(Read read, CustomerId customer, Map<String, Object> data) {
            throw new IllegalStateException("nobody is asked while a plugin is described");
        }
    }

    private record Unheld(String expression) implements Condition {
        @Override
        public Set<String> uses() {
            return Set.of();
        }

        @Override
        public boolean test(Map<String, Object> values) {
            throw new IllegalStateException("nothing holds while a plugin is described");
        }
    }
}
