package dev.kith.core.install;

import dev.kith.core.loading.PluginIdentity;
import dev.kith.core.packages.CoreSql;
import dev.kith.core.packages.Description;
import dev.kith.core.packages.PackageStore;
import dev.kith.core.packages.PersonalTables;
import dev.kith.core.packages.StoredPackage;
import dev.kith.core.packages.signature.Trust;
import dev.kith.core.packages.signature.Verdict;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.plugins.running.PluginStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes plans. */
final class Planner {

    private final PluginHost host;
    private final PackageStore store;
    private final CoreSql sql;
    private final Trust trust;

    Planner(PluginHost host, PackageStore store, CoreSql sql, Trust trust) {
        this.host = host;
        this.store = store;
        this.sql = sql;
        this.trust = trust;
    }

    /**
     * @throws dev.kith.core.packages.WrongPackage if the package is damaged
     */
    Plan plan(StoredPackage stored) {
        var candidate = Candidate.read(store.unpack(stored.sha256()));
        var is = candidate.description();
        var verdict = trust.judge(candidate.archive(), stored.sha256());
        var standing = Standing.of(sql, is.id());
        var before = host.overview().findDetails(is.id());
        var known = before.map(PluginStatus::description);
        var installed = before.map(b -> stored.sha256().equals(b.sha256())).orElse(false);
        var migrations = candidate.sql(installed, known.map(Planner::migrations).orElse(Set.of()));
        return new Plan(
                stored.sha256(),
                stored.bytes(),
                stored.uploadedAt(),
                is.id(),
                is.version(),
                before.map(PluginStatus::version).orElse(null),
                installed,
                verdict,
                is,
                migrations,
                new Warnings(host, standing, is, migrations).of(unsigned(verdict), before),
                refusals(candidate, verdict, standing));
    }

    // One that is refused for its signature is not warned of as well.
    private Optional<String> unsigned(Verdict verdict) {
        var let = verdict.kind() != Verdict.Kind.TRUSTED && trust.admits(verdict);
        return let ? Optional.of(verdict.reason()) : Optional.empty();
    }

    private static Set<String> migrations(Description description) {
        return description.migrations().stream()
                .map(Description.Migration::sha256)
                .collect(Collectors.toSet());
    }

    private List<Plan.Remark> refusals(Candidate candidate, Verdict verdict, Standing standing) {
        var is = candidate.description();
        var found = new Remarks();
        if (!trust.admits(verdict)) {
            found.add(Plan.Code.SIGNATURE, verdict.reason());
        }
        candidate.differences().forEach(d -> found.add(Plan.Code.WRONG_DESCRIPTION, d));
        if (!PluginIdentity.accepts(is.requires(), PluginIdentity.API_VERSION)) {
            found.add(
                    Plan.Code.WRONG_API,
                    "it was made for plugin API %s, this server has %s"
                            .formatted(is.requires(), PluginIdentity.API_VERSION));
        }
        dependencies(is, found);
        var tables = PersonalTables.in(candidate.migrations().values());
        if (!is.personalData() && !tables.isEmpty()) {
            found.add(
                    Plan.Code.UNDECLARED_PERSONAL_DATA,
                    "it keeps customers in %s and does not say how to export and erase them"
                            .formatted(String.join(", ", tables)));
        }
        foreign(is, standing, found);
        return found.all();
    }

    private void dependencies(Description is, Remarks found) {
        for (var needed : is.dependencies()) {
            if (needed.optional()) {
                continue;
            }
            var there = host.overview().findDetails(needed.id()).map(PluginStatus::version);
            if (there.isEmpty()) {
                found.add(Plan.Code.MISSING_DEPENDENCY, needed.id() + " is not installed");
            } else if (!PluginIdentity.accepts(needed.versions(), there.get())) {
                found.add(
                        Plan.Code.MISSING_DEPENDENCY,
                        "%s %s is needed, %s is installed"
                                .formatted(needed.id(), needed.versions(), there.get()));
            }
        }
    }

    private static void foreign(Description is, Standing standing, Remarks found) {
        for (var route : is.routes()) {
            var own = List.of("/api/v1/" + is.id() + "/", "/public/" + is.id() + "/");
            if (own.stream().noneMatch(route.path()::startsWith) || route.path().contains("/..")) {
                found.add(Plan.Code.FOREIGN_ROUTE, "%s %s".formatted(route.method(), route.path()));
            }
        }
        for (var topic : is.owns()) {
            var owner = standing.topics().getOrDefault(topic, is.id());
            if (!owner.equals(is.id())) {
                found.add(Plan.Code.FOREIGN_TOPIC, "%s belongs to %s".formatted(topic, owner));
            }
        }
        if (standing.nameTaken()) {
            found.add(
                    Plan.Code.NAME_TAKEN,
                    "an API key or a source of events from outside is called " + is.id());
        }
        if (standing.foreignSchema()) {
            found.add(
                    Plan.Code.FOREIGN_SCHEMA,
                    "there is a schema %s in the database that Kith did not make"
                            .formatted(is.id()));
        }
    }
}
