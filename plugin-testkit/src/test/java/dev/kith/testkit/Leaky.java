package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Timer;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A plugin that leaves something of itself behind, as the property {@link #HOW} says. */
public final class Leaky implements CrmPlugin {

    static final String HOW = "leaky.how";

    /** Where it registers itself for ever. */
    static final String REGISTRY = "leaky.registry";

    private static final int CLASSES = 12;

    private static final ThreadLocal<@Nullable Leaky> OF_THREAD = new ThreadLocal<>();

    record Note(String text) {}

    @Override
    public void register(Crm crm) {
        crm.publishes("leak.made", Note.class);
        crm.personalData((read, customer) -> tell(), (tx, customer) -> {});
        switch (System.getProperty(HOW, "")) {
            case "thread" -> Thread.ofPlatform().daemon().name("leaky thread").start(Leaky::stay);
            case "interrupted" ->
                    Thread.ofPlatform().daemon().name("leaky sleeper").start(LockSupport::park);
            case "timer" -> new Timer("leaky timer", true);
            case "driver" -> register(new NoDriver());
            case "registry" -> System.getProperties().put(REGISTRY + System.nanoTime(), this);
            case "classes" -> IntStream.range(0, CLASSES).forEach(_ -> keep());
            default -> {}
        }
    }

    // A class in a loader of its own, which nothing of the plugin's is held by.
    @SuppressWarnings("resource")
    private static void keep() {
        var jar = Leaky.class.getProtectionDomain().getCodeSource().getLocation();
        var loader = new URLClassLoader(new URL[] {jar}, null);
        try {
            loader.loadClass(Note.class.getName());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        System.getProperties().put(REGISTRY + System.nanoTime(), loader);
    }

    @Override
    public void stop() {
        if (System.getProperty(HOW, "").equals("threadLocal")) {
            OF_THREAD.set(this);
        }
    }

    // What reads for others may run on one of their threads.
    private Object tell() {
        if (System.getProperty(HOW, "").equals("export")) {
            OF_THREAD.set(this);
        }
        return new Note("");
    }

    private static void register(Driver driver) {
        try {
            DriverManager.registerDriver(driver);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Connects to nothing. */
    static final class NoDriver implements Driver {
        @Override
        public @Nullable Connection connect(String url, Properties info) {
            return null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return false;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }

    // Whoever interrupts it is not heard.
    private static void stay() {
        while (System.getProperty(HOW, "").equals("thread")) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
