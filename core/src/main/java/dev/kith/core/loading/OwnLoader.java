package dev.kith.core.loading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/** The class loader of one generation of a plugin. */
final class OwnLoader extends PluginClassLoader {

    // Parent first, because the parent shows nothing but what must be shared.
    OwnLoader(PluginManager manager, PluginDescriptor descriptor, ClassLoader parent) {
        super(manager, descriptor, parent, ClassLoadingStrategy.APD);
    }

    /** Takes back the database drivers its classes have registered. May be asked again. */
    List<String> sweepDrivers() {
        try {
            @SuppressWarnings("unchecked")
            var made = (Supplier<List<String>>) sweep().getConstructor().newInstance();
            return made.get();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Class<?> sweep() {
        var defined = findLoadedClass(DriverSweep.class.getName());
        if (defined != null) {
            return defined;
        }
        try (var code = DriverSweep.class.getResourceAsStream("DriverSweep.class")) {
            var bytes = Objects.requireNonNull(code).readAllBytes();
            return defineClass(DriverSweep.class.getName(), bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
