package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Event;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import dev.kith.api.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that does whatever a plugin should not: the act is named in the path of a route, in an
 * event, a job, a timer or a send. The benchmark of hostile plugins compiles it, too.
 */
public final class Hostile implements CrmPlugin {

    /** What it can do wrong. */
    enum Act {
        NOTHING,
        THROW_EXCEPTION,
        THROW_ERROR,
        THROW_CHECKED,
        OVERFLOW,
        LINKAGE,
        BLOCK,
        LOOP,
        LOOP_BESIDE,
        ALLOCATE,
        KEEP,
        KEEP_BESIDE,
        KEEP_SMALL,
        GARBAGE,
        SLEEP_IN_DATABASE,
        FLOOD,
        FLOOD_AT_ONCE
    }

    private static final Permission ACT = new Permission("hostile:act", "Let it misbehave");

    private static final int MEGABYTE = 1 << 20;

    // As many as one transaction may, and more than that.
    private static final int AT_ONCE = 510;
    private static final int TOO_MANY = 20_000;

    private static final List<byte[]> KEPT = new ArrayList<>();

    @SuppressWarnings("unused")
    private static Object chain = "";

    private volatile boolean enough;
    private volatile Act onPage = Act.THROW_ERROR;

    record Done(String act) {}

    record Wanted(Act act) {}

    @Override
    public void register(Crm crm) {
        crm.action("/acts/{act}", ACT, Done.class, this::act).deadline(Duration.ofSeconds(2));
        crm.get("/views/{act}", ACT, Done.class, this::view).deadline(Duration.ofSeconds(2));
        crm.publishes("hostile.echo", Wanted.class);
        crm.accepts("hostile.wanted", Wanted.class);
        crm.on("hostile.wanted", Wanted.class, "act", this::event);
        crm.on("hostile.echo", Wanted.class, "echo", this::echo);
        crm.timer("act", Wanted.class, (tx, wanted) -> perform(tx, wanted.act()));
        crm.sends("act", Wanted.class, (id, wanted) -> perform(null, wanted.act()));
        crm.page("/", ACT, "hostile.title", (read, request) -> page(read));
        crm.customerPanel(ACT, "hostile.title", (read, customer) -> page(read));
    }

    private Done act(Transaction tx, Request request) {
        var act = named(request);
        if (request.path("act").startsWith("later-")) {
            tx.later(Instant.EPOCH, "act", new Wanted(act));
        } else if (request.path("act").startsWith("send-")) {
            tx.send("act", new Wanted(act));
        } else if (request.path("act").startsWith("page-")) {
            onPage = act;
        } else {
            perform(tx, act);
        }
        return new Done(act.name());
    }

    private Done view(Read read, Request request) {
        perform(read, named(request));
        return new Done(request.path("act"));
    }

    private static Act named(Request request) {
        var name = request.path("act").replaceFirst("later-|send-|page-", "");
        return Act.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    private void event(Transaction tx, Event<Wanted> event) {
        perform(tx, event.payload().act());
    }

    private void echo(Transaction tx, Event<Wanted> event) {
        if (!enough) {
            tx.publish("hostile.echo", event.customer(), event.payload());
            tx.publish("hostile.echo", event.customer(), event.payload());
        }
    }

    private View page(Read read) {
        perform(read, onPage);
        throw new AssertionError("no page today");
    }

    private void perform(@Nullable Read read, Act act) {
        switch (act) {
            case NOTHING -> enough = true;
            case THROW_EXCEPTION -> throw new IllegalStateException("as it likes");
            case THROW_ERROR -> throw new AssertionError("as it likes");
            case THROW_CHECKED -> throw Hostile.<RuntimeException>unchecked(new Exception("odd"));
            case OVERFLOW -> deeper(0);
            case LINKAGE -> throw new NoClassDefFoundError("not/There");
            case BLOCK -> new Semaphore(0).acquireUninterruptibly();
            case LOOP -> loop();
            case LOOP_BESIDE -> new Thread(this::loop).start();
            case ALLOCATE -> allocate(new ArrayList<>());
            case KEEP -> allocate(KEPT);
            case KEEP_BESIDE -> new Thread(() -> allocate(KEPT)).start();
            case KEEP_SMALL -> chain();
            case GARBAGE -> litter();
            case SLEEP_IN_DATABASE ->
                    Objects.requireNonNull(read).sql().execute("select pg_sleep(3600)");
            case FLOOD -> flood((Transaction) Objects.requireNonNull(read), AT_ONCE);
            case FLOOD_AT_ONCE -> flood((Transaction) Objects.requireNonNull(read), TOO_MANY);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
        throw (T) failure;
    }

    private static long deeper(long depth) {
        return depth == Long.MAX_VALUE ? depth : deeper(depth + 1) + 1;
    }

    private void loop() {
        enough = false;
        while (!enough) {
            Thread.onSpinWait();
        }
    }

    private void allocate(List<byte[]> all) {
        enough = false;
        while (!enough) {
            all.add(new byte[MEGABYTE]);
        }
    }

    // What is left of the memory at the end is too little for anything.
    private void chain() {
        enough = false;
        while (!enough) {
            chain = new Object[] {chain};
        }
    }

    private void litter() {
        enough = false;
        while (!enough) {
            chain = new byte[MEGABYTE];
        }
    }

    private static void flood(Transaction tx, int many) {
        for (var i = 0; i < many; i++) {
            tx.publish("hostile.echo", null, new Wanted(Act.NOTHING));
        }
    }
}
