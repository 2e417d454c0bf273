package dev.kith.core.area;

import dev.kith.core.connections.Pools;
import dev.kith.core.json.Json;
import dev.kith.core.registry.Parts;
import dev.kith.core.threads.OsThread;
import dev.kith.core.threads.OsThreads;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DefaultConfiguration;
import org.jspecify.annotations.Nullable;

/** A running plugin, or core itself, with all it has for its own. */
public final class Area implements AutoCloseable {

    /** The area that core's own features form. */
    public static final String CORE = "kith";

    public static final int REQUEST_THREADS = 4;
    public static final int REQUEST_QUEUE_MAX = 64;
    public static final int BACKGROUND_THREADS = 2;
    public static final int BACKGROUND_QUEUE_MAX = 10_000;
    public static final int SEND_THREADS = 8;
    public static final int SEND_QUEUE_MAX = 16;
    public static final int ANSWER_THREADS = 2;
    public static final int ANSWER_QUEUE_MAX = 32;

    /** With so many lost threads an area is not worth its place any more. */
    public static final int LOST_MAX = 2;

    /** How long requests that have found this area may take when another has its place. */
    public static final Duration SETTLE_WITHIN = Duration.ofSeconds(10);

    private static final Duration LOOKED_UP_BEFORE = Duration.ofMillis(200);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final String id;
    private final ClassLoader loader;
    private final Pools pools;
    private final Json json = new Json();
    private final Validation validation = new Validation();
    private final Messages messages;
    private final Configuration jooq;
    private final Usage usage;
    private final OwnThreads own;
    private final Outflow outflow;
    private final ThreadGroup group;
    private final Bulkhead requests;
    private final Bulkhead background;
    private final Bulkhead sends;
    private final Bulkhead answers;
    private @Nullable Parts parts;

    public Area(String id, ClassLoader loader, Pools pools) {
        this(id, loader, pools, REQUEST_THREADS);
    }

    /**
     * @param requestThreads how many requests run at once
     */
    public Area(String id, ClassLoader loader, Pools pools, int requestThreads) {
        this.id = id;
        this.outflow = new Outflow(!core());
        this.loader = loader;
        this.pools = pools;
        this.usage = new Usage(id);
        this.group = usage.group();
        this.own = new OwnThreads(id, usage);
        this.messages = new Messages(loader, id);
        this.jooq =
                new DefaultConfiguration()
                        .set(SQLDialect.POSTGRES)
                        .set(new Settings().withExecuteLogging(false));
        this.requests = bulkhead("request", requestThreads, REQUEST_QUEUE_MAX);
        this.background =
                bulkhead("work", BACKGROUND_THREADS, BACKGROUND_QUEUE_MAX, Bulkhead.WORKS_FIRST);
        this.sends = bulkhead("send", SEND_THREADS, SEND_QUEUE_MAX);
        this.answers = bulkhead("answer", ANSWER_THREADS, ANSWER_QUEUE_MAX);
    }

    private Bulkhead bulkhead(String what, int threads, int queueMax) {
        return bulkhead(what, threads, queueMax, Bulkhead.COMPUTES_FIRST);
    }

    private Bulkhead bulkhead(String what, int threads, int queueMax, Duration first) {
        return new Bulkhead(group, id + "-" + what, threads, queueMax, core(), first, usage);
    }

    /** Called once, when registration has ended. */
    public void declared(Parts declared) {
        parts = declared;
    }

    public String id() {
        return id;
    }

    public boolean core() {
        return id.equals(CORE);
    }

    public ClassLoader loader() {
        return loader;
    }

    /** What the plugin declared. */
    public Parts parts() {
        if (parts == null) {
            throw new IllegalStateException(id + " has not registered yet");
        }
        return parts;
    }

    public Pools pools() {
        return pools;
    }

    public Json json() {
        return json;
    }

    public Validation validation() {
        return validation;
    }

    public Messages messages() {
        return messages;
    }

    public Configuration jooq() {
        return jooq;
    }

    /** Of its threads, and of those that they have started. */
    public ThreadGroup threadGroup() {
        return group;
    }

    /** What it has used since it started. */
    public Usage usage() {
        return usage;
    }

    /** What it publishes, and what that costs it. */
    public Outflow outflow() {
        return outflow;
    }

    /** How many calls its threads were given that nobody waits for. */
    public long begun() {
        return background.begun() + sends.begun();
    }

    /** Threads for requests and pages. */
    public Bulkhead requests() {
        return requests;
    }

    /** Threads for deliveries, timers and jobs. */
    public Bulkhead background() {
        return background;
    }

    /** Threads for sends; their own, so that no event waits for a slow world outside. */
    public Bulkhead sends() {
        return sends;
    }

    /** Threads for facts that others ask; their own, so that nobody waits for a full queue. */
    public Bulkhead answers() {
        return answers;
    }

    /** Calls that wait for a thread. */
    public int queued() {
        return threads().mapToInt(Bulkhead::waiting).sum();
    }

    /** Threads that do not come back, see {@link Bulkhead#lost()}. */
    public int lost() {
        return threads().mapToInt(Bulkhead::lost).sum();
    }

    /** Why it should not be in service any longer, if there is a reason. */
    public Optional<String> unbearable() {
        if (lost() >= LOST_MAX) {
            return Optional.of("%d threads did not come back".formatted(LOST_MAX));
        }
        return own.unbearable()
                .or(() -> threads().map(Bulkhead::endless).flatMap(Optional::stream).findFirst());
    }

    /** To be called once, when there is time, before calls are watched. */
    public static void prepareToWatch() {
        OsThread.prepare();
    }

    /** What is due about calls past their deadline, and threads that only compute. */
    public void interruptLate() {
        threads().forEach(Bulkhead::interruptLate);
        if (!core()) {
            own.look(System.nanoTime());
            if (own.goOn()) {
                threads().forEach(Bulkhead::goesLast);
            }
        }
    }

    /** Whoever closes it does not wait for what runs, and what runs lets all others go first. */
    public void hurry() {
        threads().forEach(Bulkhead::hurry);
        threads().forEach(Bulkhead::goesLast);
        own.leave();
    }

    /** Leaves the processor to others: nobody watches those threads any more. */
    public static void abandon(Collection<Thread> threads) {
        OsThreads.abandon(threads);
    }

    private Stream<Bulkhead> threads() {
        return Stream.of(requests, background, sends, answers);
    }

    /**
     * To be called when nobody finds this area any more: waits until those have come to their end who
     * found it before, at most a while.
     */
    public void settle() {
        // Whoever has just looked up a topic or a fact does at once what it wants with it.
        LockSupport.parkNanos(LOOKED_UP_BEFORE.toNanos());
        var end = System.nanoTime() + SETTLE_WITHIN.toNanos();
        while (requests.expected() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    @Override
    public void close() {
        threads().forEach(Bulkhead::close);
        own.forget();
        validation.close();
        pools.close();
    }
}
