package dev.kith.core.install;

import dev.kith.core.loading.PluginIdentity;
import dev.kith.core.packages.Description;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.plugins.running.PluginState;
import dev.kith.core.plugins.running.PluginStatus;
import dev.kith.core.schema.Beside;
import dev.kith.core.schema.Contraction;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What a package would not find, or would take away from others. */
record Warnings(PluginHost host, Standing standing, Description is, List<Plan.Sql> migrations) {

    /**
     * @param unsigned why no trusted signature stands behind it, although it is let in
     */
    List<Plan.Remark> of(Optional<String> unsigned, Optional<PluginStatus> before) {
        var found = new Remarks();
        unsigned.ifPresent(reason -> found.add(Plan.Code.UNSIGNED, reason));
        unmet(found);
        before.ifPresent(status -> older(status, found));
        before.map(PluginStatus::description).ifPresent(was -> gone(was, found));
        before.filter(status -> status.state() == PluginState.RUNNING)
                .map(PluginStatus::version)
                .ifPresent(running -> contracts(running, found));
        dependents(found);
        return found.all();
    }

    private void unmet(Remarks found) {
        for (var consumed : is.consumes()) {
            if (!standing.topics().containsKey(consumed.topic())
                    && !is.owns().contains(consumed.topic())) {
                found.add(
                        Plan.Code.NO_PRODUCER,
                        "%s waits for %s, which nobody publishes"
                                .formatted(consumed.subscription(), consumed.topic()));
            }
        }
        for (var fact : is.usesFacts()) {
            if (!standing.facts().containsKey(fact)) {
                found.add(Plan.Code.NO_PROVIDER, "%s is known to nobody".formatted(fact));
            }
        }
    }

    private void older(PluginStatus before, Remarks found) {
        var version = before.version();
        if (version != null && PluginIdentity.compare(is.version(), version) < 0) {
            found.add(
                    Plan.Code.OLDER_VERSION,
                    "%s is older than %s".formatted(is.version(), version));
        }
    }

    private void gone(Description was, Remarks found) {
        for (var topic : without(was.owns(), is.owns())) {
            var consumers = new TreeSet<>(standing.consumersOf(topic));
            consumers.removeIf(name -> name.startsWith(is.id() + "."));
            found.add(
                    Plan.Code.TOPIC_GONE,
                    consumers.isEmpty()
                            ? topic
                            : "%s, which %s waits for"
                                    .formatted(topic, String.join(", ", consumers)));
        }
        var facts = is.facts().stream().map(Description.Fact::name).toList();
        for (var fact : without(was.facts().stream().map(Description.Fact::name).toList(), facts)) {
            found.add(Plan.Code.FACT_GONE, fact);
        }
        for (var route : without(lines(was), lines(is))) {
            found.add(Plan.Code.ROUTE_GONE, route);
        }
    }

    private void contracts(String running, Remarks found) {
        for (var migration : migrations) {
            if (migration.hasRun() || runsBeside(migration.sql(), running)) {
                continue;
            }
            for (var each : Contraction.in(migration.sql())) {
                found.add(
                        Plan.Code.CONTRACTS,
                        "%s, line %d: %s".formatted(migration.file(), each.line(), each.words()));
            }
        }
    }

    private static boolean runsBeside(String sql, String running) {
        return Beside.versions(sql)
                .filter(versions -> PluginIdentity.accepts(versions, running))
                .isPresent();
    }

    private static List<String> lines(Description of) {
        return of.routes().stream().map(r -> r.method() + " " + r.path()).toList();
    }

    private static <T> Collection<T> without(Collection<T> all, Collection<T> those) {
        var rest = new java.util.LinkedHashSet<>(all);
        rest.removeAll(new HashSet<>(those));
        return rest;
    }

    private void dependents(Remarks found) {
        for (var id : host.ids()) {
            var needs =
                    host.overview().findDetails(id).map(PluginStatus::description).stream()
                            .flatMap(other -> other.dependencies().stream());
            needs.filter(d -> d.id().equals(is.id()))
                    .filter(d -> !PluginIdentity.accepts(d.versions(), is.version()))
                    .forEach(d ->
                            found.add(
                                    Plan.Code.DEPENDENT_BREAKS,
                                    "%s needs %s %s".formatted(id, is.id(), d.versions())));
        }
    }
}
