package dev.kith.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.core.database.Ids;
import dev.kith.core.events.LogFixture;
import dev.kith.core.events.LogFixture.LogNode;
import dev.kith.core.events.LogFixture.Thing;
import dev.kith.core.events.MovableClock;
import dev.kith.core.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log always has room, and forgets only what the operator wants and nobody needs. */
class PartitionsTest {

    private static final long POSITIONS = 10_000;
    private static final Duration MONTH = Duration.ofDays(30);

    /** Where the first partition ends, as the migration made it. */
    private static final long FIRST_END = 10_000_000;

    private static final String FIRST_IS_THERE =
            "select count(*) from pg_class where relname = 'event_0'";

    private final LogFixture log = new LogFixture();
    private final MovableClock clock = new MovableClock();
    private final CustomerId ann = new CustomerId(Ids.next());
    private final AtomicBoolean poison = new AtomicBoolean();
    private final LogNode node =
            log.node(
                    clock,
                    crm ->
                            crm.on(
                                    "thing.happened",
                                    Thing.class,
                                    "note",
                                    (tx, event) -> {
                                        if (poison.get()) {
                                            throw new IllegalStateException("cannot take it");
                                        }
                                    }));

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void an_append_finds_room_behind_the_last_partition() {
        goTo(FIRST_END - 3);
        keeping(Duration.ZERO).makeAhead();
        node.publishAll(ann, 5);

        assertThat(log.count("select count(*) from kith.event where position >= " + FIRST_END))
                .isEqualTo(3);
    }

    @Test
    void half_a_partition_is_always_ready() {
        var partitions = keeping(Duration.ZERO);
        for (var at = FIRST_END; at < FIRST_END + 3 * POSITIONS; at += POSITIONS / 4) {
            goTo(at);
            partitions.makeAhead();
            assertThat(end()).isGreaterThan(at + POSITIONS / 2);
        }
        assertThat(end()).isLessThanOrEqualTo(FIRST_END + 4 * POSITIONS);
    }

    @Test
    void what_is_old_and_passed_is_dropped() {
        publishAndMoveOn();
        clock.passes(MONTH.plusDays(1));

        keeping(MONTH).dropOld();

        assertThat(log.count(FIRST_IS_THERE)).isZero();
        assertThat(log.count("select count(*) from kith.event")).isZero();
    }

    @Test
    void without_the_setting_nothing_is_ever_dropped() {
        publishAndMoveOn();
        clock.passes(MONTH.multipliedBy(1_000));

        keeping(Settings.Events.DEFAULT.keepFor()).dropOld();

        assertThat(log.count(FIRST_IS_THERE)).isEqualTo(1);
    }

    @Test
    void the_setting_is_taken_from_the_file() {
        var settings = Settings.of(Map.of("events.keepFor", "P30D"));

        assertThat(settings.events().keepFor()).isEqualTo(MONTH);
    }

    @Test
    void what_is_young_stays() {
        publishAndMoveOn();
        clock.passes(MONTH.minusDays(1));

        keeping(MONTH).dropOld();

        assertThat(log.count(FIRST_IS_THERE)).isEqualTo(1);
    }

    @Test
    void what_a_cursor_has_not_passed_stays() {
        node.dispatcher.unwire(node.area);
        publishAndMoveOn();
        clock.passes(MONTH.plusDays(1));

        keeping(MONTH).dropOld();
        assertThat(log.count(FIRST_IS_THERE)).isEqualTo(1);

        node.dispatcher.wire(node.area);
        node.deliver();
        keeping(MONTH).dropOld();
        assertThat(log.count(FIRST_IS_THERE)).isZero();
    }

    @Test
    void what_is_set_aside_stays() {
        poison.set(true);
        publishAndMoveOn();
        assertThat(log.count("select count(*) from kith.set_aside")).isPositive();
        clock.passes(MONTH.plusDays(1));

        keeping(MONTH).dropOld();
        assertThat(log.count(FIRST_IS_THERE)).isEqualTo(1);

        poison.set(false);
        node.deliver();
        keeping(MONTH).dropOld();
        assertThat(log.count(FIRST_IS_THERE)).isZero();
    }

    @Test
    void what_positions_are_still_drawn_from_stays() {
        node.publishAll(ann, 3);
        node.deliver();
        clock.passes(MONTH.plusDays(1));

        keeping(MONTH).dropOld();

        assertThat(log.count(FIRST_IS_THERE)).isEqualTo(1);
    }

    private void publishAndMoveOn() {
        node.publishAll(ann, 3);
        node.deliver();
        goTo(FIRST_END + POSITIONS);
        keeping(MONTH).makeAhead();
    }

    private void goTo(long position) {
        log.count("select setval('kith.event_position', " + position + ")");
    }

    private long end() {
        return log.count(
                "select max((regexp_match(pg_get_expr(relpartbound, oid),"
                        + " 'TO \\(''?(\\d+)'))[1]::bigint) from pg_class where relispartition");
    }

    private Partitions keeping(Duration keepFor) {
        return new Partitions(node.core, clock, POSITIONS, keepFor);
    }
}
