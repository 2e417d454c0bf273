package dev.kith.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that a compiled plugin may refer to, one line each. */
final class Signatures {

    private Signatures() {}

    /** Those of the API as it is compiled now. */
    static NavigableSet<String> now() {
        return types().flatMap(Signatures::of).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every type that plugins can see. */
    static Stream<Class<?>> types() {
        return names().stream().map(Signatures::load).filter(Signatures::isVisible);
    }

    private static List<String> names() {
        try {
            var location = Crm.class.getProtectionDomain().getCodeSource().getLocation();
            try (var files = Files.walk(Path.of(location.toURI()))) {
                return files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.endsWith(".class") && !name.contains("-info"))
                        .map(name -> name.replace(".class", ""))
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(Crm.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        var outer = type.getEnclosingClass();
        return isVisible(type.getModifiers())
                && !type.isAnonymousClass()
                && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    static Stream<String> of(Class<?> type) {
        var name = type.getName();
        var members =
                Stream.of(
                                Arrays.stream(type.getDeclaredConstructors()),
                                Arrays.stream(type.getDeclaredFields()),
                                Arrays.stream(type.getDeclaredMethods()))
                        .flatMap(all -> all)
                        .map(Member.class::cast)
                        .filter(member -> isVisible(member.getModifiers()))
                        .filter(member -> !member.isSynthetic())
                        .map(member -> name + " " + text(member));
        return Stream.concat(Stream.of(name + " is " + text(type)), members);
    }

    private static String text(Class<?> type) {
        var parents =
                Stream.concat(
                                Stream.ofNullable(type.getGenericSuperclass()),
                                Arrays.stream(type.getGenericInterfaces()))
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return type.toGenericString() + " of " + parents;
    }

    private static String text(Member member) {
        return switch (member) {
            case Executable executable -> executable.toGenericString();
            case Field field -> field.toGenericString();
            default -> throw new IllegalStateException(member.toString());
        };
    }
}
