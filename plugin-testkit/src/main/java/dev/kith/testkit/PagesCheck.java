package dev.kith.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kith.core.registry.FormSpec;
import dev.kith.core.registry.PageSpec;
import dev.kith.core.registry.Parts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Opens a plugin's pages as whoever may see them. */
record PagesCheck(TestCrm crm) {

    /** Every page of the console, in both languages. */
    Stream<DynamicTest> inBothLanguages() {
        return parts().pages().stream()
                .filter(page -> page.kind() == PageSpec.Kind.PAGE && !page.path().contains("{"))
                .flatMap(page -> Stream.of("en", "zh-CN").map(language -> page(page, language)));
    }

    private DynamicTest page(PageSpec page, String language) {
        var path = "/console/" + crm.plugin() + (page.path().equals("/") ? "" : page.path());
        return DynamicTest.dynamicTest(
                language + " " + path,
                () -> {
                    var answer = crm.console().with("Accept-Language", language).get(path);
                    answer.expect(200);
                    assertFalse(answer.body().contains(page.titleKey()), "a text is missing");
                });
    }

    /** Every public page with a variable in its path, at an address that leads nowhere. */
    Stream<DynamicTest> atWrongAddresses() {
        return openPaths()
                .filter(path -> path.contains("{"))
                .map(path -> DynamicTest.dynamicTest(path, () -> wrong(path)));
    }

    private void wrong(String path) {
        var answer = crm.anonymous().get(path.replaceAll("\\{[^}]*}", "%27%22%3B.."));
        assertTrue(answer.status() < 500, answer::toString);
        assertTrue(answer.body().contains("</html>"), answer::toString);
        assertFalse(answer.header("Set-Cookie").isPresent());
    }

    private Stream<String> openPaths() {
        var pages =
                parts().pages().stream()
                        .filter(page -> page.kind() == PageSpec.Kind.PUBLIC)
                        .map(page -> "/public/" + crm.plugin() + page.path());
        return Stream.concat(pages, parts().forms().stream().map(FormSpec::path));
    }

    /** Every panel, for a customer of whom nothing is known. */
    void panels() {
        var customer = crm.customer();
        for (var i = 0; i < parts().panels().size(); i++) {
            crm.console()
                    .get("/console/-/panels/%s/%d/%s".formatted(crm.plugin(), i, customer))
                    .expect(200);
        }
    }

    private Parts parts() {
        return crm.area().parts();
    }
}
