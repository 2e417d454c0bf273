package dev.kith.core.console;

import dev.kith.api.Crm;
import dev.kith.api.Form;
import dev.kith.api.Problem;
import dev.kith.core.call.form.Submission;
import dev.kith.core.registry.FormSpec;
import dev.kith.core.registry.PageSpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public page or form, ready to be asked.
 *
 * @param fields the names of a form's members
 * @param takes a form's; null for a page
 */
record VisitorRoom(
        Mounted owner,
        String path,
        String titleKey,
        Crm.PageHandler handler,
        Set<String> fields,
        @Nullable Submission takes) {

    static VisitorRoom of(Mounted owner, PageSpec page) {
        return new VisitorRoom(
                owner, owner.path(page), page.titleKey(), page.handler(), Set.of(), null);
    }

    static VisitorRoom of(Mounted owner, FormSpec form, Submission takes) {
        var fields = new HashSet<String>();
        Arrays.stream(form.in().getRecordComponents()).forEach(part -> fields.add(part.getName()));
        return new VisitorRoom(
                owner, form.path(), form.titleKey(), form.page(), Set.copyOf(fields), takes);
    }

    Submission submission() {
        return Objects.requireNonNull(takes);
    }

    /** Whether its address may be a secret between the sender of a link and who follows it. */
    boolean isPrivate() {
        return path.contains("{");
    }

    /** What is wrong with the form and not with one of its fields. */
    List<String> general(Form form) {
        return form.problems().stream()
                .filter(place -> !fields.contains(first(place.pointer())))
                .map(Problem.Place::message)
                .distinct()
                .toList();
    }

    private static String first(String pointer) {
        var steps = pointer.split("/", 3);
        return steps.length < 2 ? pointer : steps[1];
    }
}
