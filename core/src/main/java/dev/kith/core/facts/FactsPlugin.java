package dev.kith.core.facts;

import static dev.kith.core.db.Tables.FACT;

import dev.kith.api.AboutCustomer;
import dev.kith.api.Audience;
import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.ForeignId;
import dev.kith.api.Page;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Core's routes about facts and audiences. */
public final class FactsPlugin implements CrmPlugin {

    static final Permission READ =
            new Permission("audiences:read", "See facts, test and count audiences");

    /** A fact that some plugin declared, whether it is on or off. */
    record DeclaredFact(String name, String plugin, String type, String meaning) {}

    record Check(
            @NotBlank @Size(max = Expressions.LENGTH_MAX) String expression,
            @Nullable CustomerId customerId,
            @Nullable @Valid ForeignId customer)
            implements AboutCustomer {

        static final Check EXAMPLE =
                new Check(
                        "loyalty.points > 500 && \"vip\" in customer.tags",
                        CustomerId.of("01890a5d-ac96-774b-bcce-b302099a8057"),
                        null);
    }

    /** An audience to be counted. */
    record Wanted(@NotBlank @Size(max = Expressions.LENGTH_MAX) String expression) {

        static final Wanted EXAMPLE = new Wanted("loyalty.points > 500 && complaints.open == 0");
    }

    enum Member {
        YES,
        NO,
        UNKNOWN
    }

    /**
     * @param missing the facts without which it cannot be said
     * @param unavailable those of them of which nobody can say anything now: their plugin is off or
     *     late; of the others the customer just has no value
     */
    record Checked(Member member, List<String> missing, List<String> unavailable) {}

    private final Counting counting = new Counting();
    private Function<String, Audience> compile =
            expression -> {
                throw new IllegalStateException("not registered");
            };

    @Override
    public void register(Crm crm) {
        compile = crm::audience;
        crm.list("/facts", READ, DeclaredFact.class, this::list)
                .summary("Lists what can be asked about customers, and in audiences.");
        crm.action("/audiences/check", READ, Check.class, Checked.class, this::check)
                .summary("Says whether a customer belongs to an audience.")
                .example(Check.EXAMPLE);
        crm.action("/audiences/count", READ, Wanted.class, Counting.Counted.class, this::count)
                .summary("Says how many customers belong to an audience.")
                .deadline(Counting.WITHIN)
                .example(Wanted.EXAMPLE);
    }

    Page<DeclaredFact> list(Read read, Request request) {
        var rows =
                read.sql()
                        .select(FACT.NAME, FACT.PLUGIN, FACT.TYPE, FACT.MEANING)
                        .from(FACT)
                        .where(FACT.NAME.gt(request.after().orElse("")))
                        .orderBy(FACT.NAME)
                        .limit(request.limit() + 1)
                        .fetch(row ->
                                new DeclaredFact(
                                        row.value1(),
                                        row.value2(),
                                        row.value3().toLowerCase(Locale.ROOT),
                                        row.value4()));
        return Page.of(rows, request.limit(), DeclaredFact::name);
    }

    Counting.Counted count(Transaction tx, Request request, Wanted input) {
        return counting.count(tx, (CompiledAudience) compile.apply(input.expression()));
    }

    Checked check(Transaction tx, Request request, Check input) {
        var customer = tx.customerOf(input);
        var verdict = compile.apply(input.expression()).test(tx, customer, Map.of());
        var member = verdict.unknown() ? Member.UNKNOWN : verdict.yes() ? Member.YES : Member.NO;
        return new Checked(member, sorted(verdict.missing()), sorted(verdict.unavailable()));
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
