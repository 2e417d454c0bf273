package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Permission;
import dev.kith.api.View;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** A plugin that throws what, and where, the properties {@link #WHAT} and {@link #WHERE} say. */
public final class Thrower implements CrmPlugin {

    static final String WHAT = "thrower.what";
    static final String WHERE = "thrower.where";

    /** Set when it has been told to stop. */
    static final String STOPPED = "thrower.stopped";

    /** The name of a thread that ends when it is interrupted, and not before. */
    static final String THREAD = "thrower's own";

    record Note(String text) {}

    // Its class cannot be used, if it is to throw there.
    static {
        throwsAt("class");
    }

    public Thrower() {
        throwsAt("constructor");
    }

    @Override
    public void register(Crm crm) {
        var see = new Permission("thrower:see", "See it throw");
        crm.publishes("thing.thrown", Note.class);
        crm.page("/", see, "thrower.title", (read, request) -> view("page"));
        crm.card(see, "thrower.title", (read, request) -> view("card"));
        crm.customerPanel(see, "thrower.title", (read, customer) -> view("panel"));
        crm.every(Duration.ofHours(1), "throw", tx -> throwsAt("job"));
        Thread.ofPlatform().daemon().name(THREAD).start(LockSupport::park);
        throwsAt("register");
    }

    @Override
    public void stop() {
        System.setProperty(STOPPED, "");
        throwsAt("stop");
    }

    private static View view(String place) {
        throwsAt(place);
        throw new IllegalStateException("nothing to see");
    }

    private static boolean throwsAt(String place) {
        if (System.getProperty(WHERE, "").equals(place)) {
            switch (System.getProperty(WHAT, "")) {
                case "exception" -> throw new IllegalStateException("as it likes");
                case "error" -> throw new AssertionError("as it likes");
                case "overflow" -> deeper(0);
                case "linkage" -> throw new NoClassDefFoundError("not/There");
                case "memory" -> throw new OutOfMemoryError("as it likes");
                case "machine" -> throw new InternalError("as it likes");
                case "block" -> new Semaphore(0).acquireUninterruptibly();
                default -> {}
            }
        }
        return true;
    }

    // As deep as any stack is not.
    private static long deeper(long depth) {
        return depth == Long.MAX_VALUE ? depth : deeper(depth + 1) + 1;
    }
}
