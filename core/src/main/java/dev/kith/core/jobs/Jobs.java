package dev.kith.core.jobs;

import dev.kith.api.Problem;
import dev.kith.core.area.Area;
import dev.kith.core.area.Call;
import dev.kith.core.area.Fatal;
import dev.kith.core.area.Wiring;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import dev.kith.core.database.Tx;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.events.Reason;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.jobs.JobTable.Due;
import dev.kith.core.jobs.JobTable.Standing;
import dev.kith.core.jobs.JobTable.Taken;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fires timers and repeating jobs: durable, once per firing, also after days of downtime. */
public final class Jobs implements Wiring {

    private static final Logger log = LoggerFactory.getLogger(Jobs.class);

    /** How long one firing may take. */
    private static final Duration FIRING_DEADLINE = Duration.ofSeconds(60);

    /** How many of one area are looked at together, so that none keeps another's out. */
    private static final int DUE_AT_ONCE = 200;

    /** After so many failures a one-off timer is parked for the operator. */
    static final int ATTEMPTS_MAX = 8;

    private static final Duration RETRY_FIRST = Duration.ofSeconds(5);
    private static final Duration RETRY_MAX = Duration.ofHours(1);

    /** How long it is known why a call ended that could not write it down. */
    private static final Duration NOTED_FOR = Duration.ofDays(1);

    private final Map<String, Area> areas = new ConcurrentHashMap<>();
    private final Map<Due, Area> firing = new ConcurrentHashMap<>();

    /** What became of firings in calls that could not write it down. */
    private final Map<Due, Throwable> unwritten = new ConcurrentHashMap<>();

    private final Duration deadline;
    private final UnitOfWork work;
    private final Area core;

    public Jobs(UnitOfWork work, Area core) {
        this(work, core, FIRING_DEADLINE);
    }

    /**
     * @param deadline how long one firing may take before it is interrupted
     */
    public Jobs(UnitOfWork work, Area core, Duration deadline) {
        this.work = work;
        this.core = core;
        this.deadline = deadline;
    }

    /** Arms the area's repeating jobs, and fires what is due for it from now on. */
    @Override
    public void wire(Area area) {
        prepare(area);
        disarm(area);
        areas.put(area.id(), area);
    }

    @Override
    public void replace(Area before, Area after) {
        areas.put(after.id(), after);
    }

    @Override
    public void prepare(Area area) {
        try (var connection = core.pools().write()) {
            for (var job : area.parts().jobs()) {
                JobTable.arm(connection, area.id(), job, work.clock().instant());
            }
            connection.commit();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    // Not before its place is taken: who fails to take it leaves the one before as it was.
    private void disarm(Area area) {
        try (var connection = core.pools().write()) {
            JobTable.disarm(connection, area.id(), area.parts().jobs());
            connection.commit();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public void unwire(Area area) {
        areas.remove(area.id());
        left(area);
    }

    /** What was queued there never runs, and is due again. */
    @Override
    public void left(Area area) {
        firing.values().removeIf(area::equals);
        unwritten.keySet().removeIf(due -> due.plugin().equals(area.id()));
        var after = areas.get(area.id());
        if (after != null) {
            disarm(after);
        }
    }

    /** Starts what is due; true if there was anything. */
    public boolean fireDue() {
        var found = false;
        for (var due : due()) {
            var area = areas.get(due.plugin());
            if (area != null && firing.putIfAbsent(due, area) == null) {
                found |= submit(area, due);
            }
        }
        return found;
    }

    /** Whether there was room. If not it stays due, and the other areas have their turn. */
    private boolean submit(Area area, Due due) {
        try {
            area.background().submit(deadline, () -> fire(area, due));
            return true;
        } catch (Problem full) {
            firing.remove(due);
            log.debug("{}.{} waits: {}", due.plugin(), due.name(), full.detail());
            return false;
        }
    }

    public boolean idle() {
        return firing.isEmpty();
    }

    private void fire(Area area, Due due) {
        try {
            var before = unwritten.remove(due);
            if (before != null) {
                failed(area, due, before);
            } else {
                run(area, due);
            }
        } finally {
            firing.remove(due);
        }
    }

    private void run(Area area, Due due) {
        try {
            work.writeOnce(area, cause(area, Ids.next()), tx -> run(tx, area, due));
        } catch (Throwable e) {
            Fatal.rethrowOfMachine(e, fatal -> note(due, fatal));
            if (Call.isLate()) {
                log.warn("{}.{} took too long", due.plugin(), due.name());
                note(due, new TimeoutException());
            } else {
                failed(area, due, e);
            }
        }
    }

    // Whatever else is done in a call that is late or out of memory is lost as well. It is still
    // due, and the next call writes down that it failed instead of running it.
    private void note(Due due, Throwable failure) {
        // What another node has done since is due no more, and not asked for again.
        var old = work.clock().instant().minus(NOTED_FOR);
        unwritten.keySet().removeIf(each -> each.isSameTimerAs(due) || each.at().isBefore(old));
        unwritten.put(due, failure);
    }

    private void failed(Area area, Due due, Throwable failure) {
        area.usage().failed();
        var reason = Reason.of(failure);
        log.warn("{}.{} failed: {}", due.plugin(), due.name(), reason);
        var fault = SqlFailure.transientFault(failure) && !SqlFailure.outOfTime(failure);
        work.write(area, cause(area, null), tx -> failed(tx, due, reason, fault));
    }

    private static Cause cause(Area area, @Nullable UUID id) {
        return Cause.of(area.id(), Cause.Kind.JOB, id);
    }

    private Due run(Tx tx, Area area, Due due) {
        try {
            // It is nobody else's, even if it was armed because of somebody.
            tx.worksOn(0);
            var now = tx.now();
            var taken = JobTable.take(tx.connection(), due, now);
            if (taken.isPresent()) {
                // What was armed carries on the story that armed it.
                Optional.ofNullable(taken.get().causeId()).ifPresent(tx::handling);
                // Before its handler, which may arm the same timer again, for any time.
                reschedule(tx, due, taken.get(), now);
                call(tx, area, due);
            }
            return due;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static void call(Tx tx, Area area, Due due) {
        for (var job : area.parts().jobs()) {
            if (job.name().equals(due.name())) {
                job.handler().run(tx);
                return;
            }
        }
        for (var timer : area.parts().timers()) {
            if (timer.name().equals(due.name())) {
                Firing.of(timer, area).fire(tx, due.key());
                return;
            }
        }
        throw new IllegalStateException(
                due.plugin() + " no longer declares the timer " + due.name());
    }

    private static void reschedule(Tx tx, Due due, Taken taken, Instant now) throws SQLException {
        if (taken.everySeconds() == null) {
            JobTable.done(tx.connection(), due, now);
        } else {
            var next = now.plusSeconds(taken.everySeconds());
            JobTable.again(tx.connection(), due, next, new Standing(0, null, false));
        }
    }

    private static Due failed(Tx tx, Due due, String reason, boolean fault) {
        try {
            // It is nobody else's, even if it was armed because of somebody.
            tx.worksOn(0);
            var now = tx.now();
            var taken = JobTable.take(tx.connection(), due, now);
            if (taken.isPresent()) {
                var attempts = taken.get().attempts() + (fault ? 0 : 1);
                var parked = taken.get().everySeconds() == null && attempts >= ATTEMPTS_MAX;
                var standing = new Standing(attempts, reason, parked);
                JobTable.again(tx.connection(), due, now.plus(delay(attempts)), standing);
            }
            return due;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Duration delay(int attempts) {
        var delay = RETRY_FIRST.multipliedBy(1L << Math.min(attempts, 10));
        return delay.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : delay;
    }

    private List<Due> due() {
        try (var connection = core.pools().read()) {
            return JobTable.due(connection, areas.keySet(), work.clock().instant(), DUE_AT_ONCE);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
