package dev.kith.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A plugin that was compiled against the last released API runs with this one. What was released
 * stands in {@code released/}; a release writes it anew with {@code -Dapi=release}.
 */
final class CompatibilityTest {

    private static final Path RELEASED = Path.of("src/test/resources/released/0.1.txt");

    /** What plugins implement: a new method there without a default breaks them. */
    private static final Set<Class<?>> IMPLEMENTED =
            Set.of(
                    CrmPlugin.class,
                    ErrorCode.class,
                    AboutCustomer.class,
                    Versioned.class,
                    Crm.Lines.class,
                    Crm.Effect.class);

    private static List<String> released() throws IOException {
        if ("release".equals(System.getProperty("api"))) {
            Files.writeString(RELEASED, String.join("\n", Signatures.now()) + "\n");
        }
        return Files.readAllLines(RELEASED);
    }

    @Test
    void everything_that_was_released_is_still_there() throws IOException {
        var gone = new TreeSet<>(released());
        gone.removeAll(Signatures.now());
        assertThat(gone)
                .as("gone or changed since the last release: a plugin compiled against it breaks")
                .isEmpty();
    }

    @Test
    void what_plugins_implement_asks_nothing_new_of_them() throws IOException {
        var released = new HashSet<>(released());
        var asked = new TreeSet<String>();
        Signatures.types()
                .filter(CompatibilityTest::isImplemented)
                .filter(type -> released.stream().anyMatch(s -> s.startsWith(type.getName() + " ")))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .map(method ->
                        method.getDeclaringClass().getName() + " " + method.toGenericString())
                .filter(line -> !released.contains(line))
                .forEach(asked::add);
        assertThat(asked).as("new methods without a default, which no plugin has").isEmpty();
    }

    private static boolean isImplemented(Class<?> type) {
        return IMPLEMENTED.contains(type) || type.isAnnotationPresent(FunctionalInterface.class);
    }
}
