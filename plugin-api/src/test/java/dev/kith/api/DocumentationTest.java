package dev.kith.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Whoever reads the API in an editor is told what everything means and shown how it is used. */
final class DocumentationTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path IN_USE = Path.of("src/test/java/dev/kith/api/Verbs.java");
    private static final Pattern SNIPPET =
            Pattern.compile("\\{@snippet :\\n(.*)\\n\\s*}\\s*$", Pattern.DOTALL);

    /** Where an author meets a concept for the first time, and so an example has to stand. */
    private static final Set<String> CONCEPTS =
            Set.of(
                    "CrmPlugin",
                    "Crm",
                    "Read",
                    "Transaction",
                    "Request",
                    "Route",
                    "Page",
                    "Versioned",
                    "ErrorCode",
                    "Problem",
                    "Event",
                    "Subscription",
                    "Stamp",
                    "Audience",
                    "Condition",
                    "View",
                    "Screen",
                    "Form",
                    "Money",
                    "Permission",
                    "Personal",
                    "Secret",
                    "AboutCustomer",
                    "People",
                    "Vocabulary");

    private final Set<String> undocumented = new TreeSet<>();
    private final Set<String> withoutExample = new TreeSet<>(CONCEPTS);
    private final List<String> verbs = new ArrayList<>();

    DocumentationTest() throws IOException {
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        try (var files = compiler.getStandardFileManager(null, null, null);
                var sources = Files.walk(SOURCES)) {
            var java = sources.filter(file -> file.toString().endsWith(".java")).toList();
            var units = files.getJavaFileObjectsFromPaths(java);
            var task = (JavacTask) compiler.getTask(null, files, null, null, null, units);
            var docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(docs).scan(new TreePath(unit), null);
            }
        }
    }

    @Test
    void everything_a_plugin_can_see_says_what_it_means() {
        assertThat(undocumented).isEmpty();
    }

    @Test
    void every_concept_is_shown_with_an_example() {
        assertThat(withoutExample).isEmpty();
    }

    @Test
    void every_verb_is_shown_with_an_example_that_compiles() throws IOException {
        var inUse = words(Files.readString(IN_USE));
        assertThat(verbs).hasSizeGreaterThan(20);
        for (var verb : verbs) {
            var shown = SNIPPET.matcher(verb);
            assertThat(shown.find()).as(verb).isTrue();
            assertThat(inUse).contains(words(shown.group(1)));
        }
    }

    /** Without regard to how lines are broken. */
    private static String words(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private final class Scanner extends TreePathScanner<Void, Void> {

        private final DocTrees docs;
        private final List<ClassTree> within = new ArrayList<>();

        Scanner(DocTrees docs) {
            this.docs = docs;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (!isVisible(type.getModifiers())) {
                return null;
            }
            var name = type.getSimpleName().toString();
            if (doc().isEmpty() && !isNamedByItsMethod(type)) {
                undocumented.add(path() + name);
            }
            within.add(type);
            if (within.size() == 1 && doc().contains("{@snippet")) {
                withoutExample.remove(name);
            }
            super.visitClass(type, null);
            within.removeLast();
            return null;
        }

        // A lambda's type: what it is for stands at the verb that takes it.
        private boolean isNamedByItsMethod(ClassTree type) {
            return !within.isEmpty() && has(type.getModifiers(), "FunctionalInterface");
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            var type = within.getLast();
            var exempt =
                    method.getReturnType() == null // a constructor; records say it at the top
                            || has(method.getModifiers(), "Override")
                            || has(type.getModifiers(), "FunctionalInterface");
            if (!exempt && isVisible(method.getModifiers()) && doc().isEmpty()) {
                undocumented.add(path() + method.getName());
            }
            if (path().equals("Crm.")) {
                verbs.add(method.getName() + ": " + doc());
            }
            return null;
        }

        private boolean isVisible(ModifiersTree modifiers) {
            var inInterface =
                    !within.isEmpty() && within.getLast().getKind() == Tree.Kind.INTERFACE;
            return !modifiers.getFlags().contains(Modifier.PRIVATE)
                    && (inInterface || modifiers.getFlags().contains(Modifier.PUBLIC));
        }

        private static boolean has(ModifiersTree modifiers, String annotation) {
            return modifiers.getAnnotations().stream()
                    .anyMatch(a -> a.getAnnotationType().toString().equals(annotation));
        }

        private String doc() {
            var comment = docs.getDocComment(getCurrentPath());
            return comment == null ? "" : comment;
        }

        private String path() {
            var path = new StringBuilder();
            within.forEach(type -> path.append(type.getSimpleName()).append('.'));
            return path.toString();
        }
    }
}
