package dev.kith.core.loading;

import dev.kith.api.CrmPlugin;
import dev.kith.core.area.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;

/**
 * One jar or folder of classes, loaded. PF4J refuses two versions of one id in a manager, so each
 * has a manager of its own.
 */
public final class LoadedPlugin implements AutoCloseable {

    /** How long its constructor may take, and {@code register}. */
    public static final Duration REGISTER_WITHIN = Duration.ofSeconds(30);

    private final Manager manager;
    private final OwnLoader loader;
    private final CrmPlugin plugin;
    private final ThreadGroup group;

    private LoadedPlugin(Manager manager, String id, ThreadGroup group) {
        this.manager = manager;
        this.group = group;
        this.loader = (OwnLoader) manager.getPluginClassLoader(id);
        this.plugin = ((Hosted) manager.getPlugin(id).getPlugin()).plugin;
    }

    /**
     * @param made told of the class loader before any class is loaded, by another thread
     * @throws StartFailure if the plugin's class cannot be made
     */
    public static LoadedPlugin load(Path source, Consumer<ClassLoader> made) {
        var manager = new Manager(source, made);
        var complete = false;
        try {
            var loaded = load(source, manager);
            complete = true;
            return loaded;
        } finally {
            if (!complete) {
                manager.close();
            }
        }
    }

    private static LoadedPlugin load(Path source, Manager manager) {
        var group = new ThreadGroup(Usage.outermost(), "kith-load");
        var thread = new OwnThread(group, "its constructor", REGISTER_WITHIN);
        try {
            return thread.call(() -> new LoadedPlugin(manager, manager.loadPlugin(source), group));
        } catch (ExecutionException e) {
            switch (Objects.requireNonNull(e.getCause())) {
                case RuntimeException known -> throw known;
                case Error error -> throw error;
                default -> throw new StartFailure(StartFailure.reason(e.getCause()), e);
            }
        }
    }

    /** Of the threads its constructor has started. */
    ThreadGroup threadGroup() {
        return group;
    }

    public CrmPlugin plugin() {
        return plugin;
    }

    public OwnLoader loader() {
        return loader;
    }

    @Override
    public void close() {
        manager.close();
    }

    /** Ties our interface to PF4J's class. */
    private static final class Hosted extends Plugin {
        private final CrmPlugin plugin;

        Hosted(CrmPlugin plugin) {
            this.plugin = plugin;
        }
    }

    private static final class Manager extends DefaultPluginManager implements AutoCloseable {

        private final Libraries libraries = new Libraries();

        /** Forgotten once told: it knows the version before, which would stay in memory. */
        private @Nullable Consumer<ClassLoader> made;

        Manager(Path source, Consumer<ClassLoader> made) {
            super(source.toAbsolutePath().getParent());
            this.made = made;
        }

        @Override
        protected PluginDescriptorFinder createPluginDescriptorFinder() {
            return new ManifestPluginDescriptorFinder() {
                @Override
                protected PluginDescriptor createPluginDescriptor(java.util.jar.Manifest manifest) {
                    // The host sees to dependencies; this manager would look for them in vain.
                    manifest.getMainAttributes().remove(PLUGIN_DEPENDENCIES_NAME);
                    return super.createPluginDescriptor(manifest);
                }
            };
        }

        private static final java.util.jar.Attributes.Name PLUGIN_DEPENDENCIES_NAME =
                new java.util.jar.Attributes.Name(
                        ManifestPluginDescriptorFinder.PLUGIN_DEPENDENCIES);

        @Override
        protected PluginFactory createPluginFactory() {
            return Manager::create;
        }

        // PF4J's own factory logs and goes on with nothing.
        private static Plugin create(PluginWrapper wrapper) {
            var name = wrapper.getDescriptor().getPluginClass();
            try {
                var made =
                        wrapper.getPluginClassLoader()
                                .loadClass(name)
                                .getDeclaredConstructor()
                                .newInstance();
                if (made instanceof CrmPlugin plugin) {
                    return new Hosted(plugin);
                }
                throw new StartFailure(name + " is not a " + CrmPlugin.class.getName());
            } catch (java.lang.reflect.InvocationTargetException e) {
                throw new StartFailure("the constructor of " + name + " failed", e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new StartFailure("Plugin-Class %s cannot be made: %s".formatted(name, e), e);
            }
        }

        @Override
        protected PluginLoader createPluginLoader() {
            return new PluginLoader() {
                @Override
                public boolean isApplicable(Path source) {
                    return true;
                }

                @Override
                public ClassLoader loadPlugin(Path source, PluginDescriptor descriptor) {
                    return loader(source, descriptor);
                }
            };
        }

        private void tell(ClassLoader loader) {
            var told = made;
            made = null;
            if (told != null) {
                told.accept(loader);
            }
        }

        private ClassLoader loader(Path source, PluginDescriptor descriptor) {
            var parent = new SharedPackages(LoadedPlugin.class.getClassLoader());
            var loader = new OwnLoader(this, descriptor, parent);
            tell(loader);
            loader.addFile(source.toFile());
            for (var library : PluginFiles.in(source, "lib").entrySet()) {
                if (library.getKey().endsWith(".jar")) {
                    var file = libraries.unpack(library.getKey(), library.getValue());
                    loader.addFile(file.toFile());
                }
            }
            return loader;
        }

        @Override
        protected PluginStatusProvider createPluginStatusProvider() {
            return new PluginStatusProvider() {
                @Override
                public boolean isPluginDisabled(String id) {
                    return false;
                }

                @Override
                public void disablePlugin(String id) {}

                @Override
                public void enablePlugin(String id) {}
            };
        }

        @Override
        public void close() {
            unloadPlugins();
            libraries.close();
        }
    }
}
