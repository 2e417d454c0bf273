package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A plugin that leaves something of itself behind, as the property {@link #HOW} says. */
public final class Leaky implements CrmPlugin {

    static final String HOW = "leaky.how";

    /** Where it registers itself for ever. */
    static final String REGISTRY = "leaky.registry";

    private static final ThreadLocal<@Nullable Leaky> OF_THREAD = new ThreadLocal<>();

    record Note(String text) {}

    @Override
    public void register(Crm crm) {
        crm.publishes("leak.made", Note.class);
        switch (System.getProperty(HOW, "")) {
            case "thread" -> Thread.ofPlatform().daemon().name("leaky thread").start(Leaky::stay);
            case "registry" -> System.getProperties().put(REGISTRY + System.nanoTime(), this);
            default -> {}
        }
    }

    @Override
    public void stop() {
        if (System.getProperty(HOW, "").equals("threadLocal")) {
            OF_THREAD.set(this);
        }
    }

    // Whoever interrupts it is not heard.
    private static void stay() {
        while (System.getProperty(HOW, "").equals("thread")) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
