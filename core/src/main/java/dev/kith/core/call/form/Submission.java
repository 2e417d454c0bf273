package dev.kith.core.call.form;

import dev.kith.api.Crm;
import dev.kith.core.area.Area;
import dev.kith.core.call.Answer;
import dev.kith.core.call.Asked;
import dev.kith.core.call.Audit;
import dev.kith.core.call.CoreRequest;
import dev.kith.core.call.Idempotency;
import dev.kith.core.database.Tx;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.input.JsonInput;
import dev.kith.core.registry.FormSpec;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the forms of one page, each once. */
public final class Submission {

    /** A public page of this server, and nothing that could lead elsewhere. */
    private static final Pattern NEXT = Pattern.compile("/public/[!-\\[\\]-~]+");

    private final Area area;
    private final FormSpec spec;
    private final UnitOfWork work;
    private final JsonInput json;

    public Submission(Area area, FormSpec spec, UnitOfWork work) {
        this.area = area;
        this.spec = spec;
        this.work = work;
        this.json = new JsonInput(area.json().form());
    }

    /**
     * @return the page to go on to
     * @throws dev.kith.api.Problem for what is not the form's input, breaks its constraints, or is
     *     refused by its handler
     */
    @SuppressWarnings("unchecked")
    public String take(Asked asked, FormFields fields) {
        var once = fields.oneClick() ? null : Idempotency.ofForm(asked, spec.path(), fields.once());
        var input = json.fromTree(fields.tree(), spec.in());
        area.validation().check(input, asked.locale());
        var submit = (Crm.Submit<Object>) spec.submit();
        var cause = asked.principal().cause(asked.id());
        return work.write(
                area,
                cause,
                tx -> {
                    var before = once == null ? null : once.replay(tx).orElse(null);
                    return before == null
                            ? first(tx, asked, once, submit, input)
                            : before.bodyText();
                });
    }

    private String first(
            Tx tx,
            Asked asked,
            @Nullable Idempotency once,
            Crm.Submit<Object> submit,
            Object input) {
        var request = CoreRequest.ofPage(asked, tx);
        var next = submit.submit(tx, request, input);
        if (!NEXT.matcher(next).matches()) {
            throw new IllegalStateException(spec.path() + " leads to what is no public page");
        }
        if (once != null) {
            once.keep(tx, Answer.text(303, "", next), true);
        }
        var action = "POST " + spec.path();
        var customer = tx.firstCustomer().orElse(null);
        Audit.record(tx, asked, action, spec.path(), customer, null);
        return next;
    }
}
