package dev.kith.core.sends;

import dev.kith.api.Crm;
import dev.kith.core.area.Area;
import dev.kith.core.connections.Pools;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.events.MovableClock;
import dev.kith.core.fixture.Alone;
import dev.kith.core.fixture.FreshDatabase;
import dev.kith.core.fixture.NoSettings;
import dev.kith.core.registry.Registration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Nodes with a plugin that sends, on a database of their own, under a clock that a test moves. */
final class SendsFixture implements AutoCloseable {

    final MovableClock clock = new MovableClock();
    private final FreshDatabase database = FreshDatabase.migrated();
    private final List<SendingNode> nodes = new ArrayList<>();

    /** One more node, whose plugin sends letters this way. */
    SendingNode node(Crm.Sender<Letter> sender) {
        var node = new SendingNode(this, sender);
        nodes.add(node);
        return node;
    }

    void execute(String sql) {
        database.execute(sql);
    }

    String text(String sql) {
        return database.text(sql);
    }

    @Override
    public void close() {
        nodes.forEach(SendingNode::close);
    }

    record Letter(String to) {}

    static final class SendingNode implements AutoCloseable {

        final Area core;
        final Area area;
        final UnitOfWork work;
        final Sends sends;

        SendingNode(SendsFixture fixture, Crm.Sender<Letter> sender) {
            core = area(fixture, Area.CORE, "kith");
            area = area(fixture, "post", "public");
            work = new UnitOfWork(fixture.clock, ZoneOffset.UTC, new Alone());
            sends = new Sends(work, core);
            var registration = Registration.of("post", new NoSettings());
            registration.sends("letter", Letter.class, sender);
            area.declared(registration.parts());
            sends.wire(area);
        }

        private static Area area(SendsFixture fixture, String id, String schema) {
            var pools = new Pools(fixture.database.address(), id, schema, 8, 8);
            return new Area(id, SendsFixture.class.getClassLoader(), pools);
        }

        /** Asks for a letter, in a transaction of its own. */
        UUID ask(String to) {
            var cause = Cause.of("post", Cause.Kind.REQUEST, Ids.next());
            return work.write(area, cause, tx -> tx.send("letter", new Letter(to)));
        }

        /** Until nothing is due. Waits for the node's own threads, not for time to pass. */
        void sendAll() {
            do {
                while (!sends.idle()) {
                    LockSupport.parkNanos(100_000);
                }
            } while (sends.sendDue());
        }

        @Override
        public void close() {
            sends.unwire(area);
            area.close();
            core.close();
        }
    }
}
