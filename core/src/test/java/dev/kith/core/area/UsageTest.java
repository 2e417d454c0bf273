package dev.kith.core.area;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class UsageTest {

    private static final int MEGABYTE = 1 << 20;

    private final Usage usage = new Usage("busy");
    private final ThreadGroup group = usage.group();
    private final CountDownLatch taken = new CountDownLatch(1);
    private final CountDownLatch enough = new CountDownLatch(1);

    private byte[] block = {};

    private void take() {
        block = new byte[MEGABYTE];
        taken.countDown();
        try {
            enough.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_thread_that_a_plugin_has_started_by_itself_counts_also_when_it_is_gone()
            throws Exception {
        var thread = new Thread(group, this::take);
        thread.start();
        taken.await();
        assertThat(usage.allocatedBytes()).isGreaterThan(block.length);
        assertThat(usage.cpuNanos()).isPositive();
        enough.countDown();
        thread.join();
        assertThat(usage.allocatedBytes()).isGreaterThan(block.length);
    }

    @Test
    void a_thread_that_fails_before_anybody_has_looked_counts_as_well() throws Exception {
        var thread =
                new Thread(
                        group,
                        () -> {
                            block = new byte[MEGABYTE];
                            throw new OutOfMemoryError("told, not waited for");
                        });
        thread.start();
        thread.join();
        assertThat(usage.allocatedBytes()).isGreaterThan(block.length);
        assertThat(usage.refusals()).isEqualTo(1);
    }

    @Test
    void a_thread_of_a_pool_counts_once() throws Exception {
        var thread = new Thread(group, usage.counted(this::take));
        thread.start();
        taken.await();
        usage.allocatedBytes();
        enough.countDown();
        thread.join();
        assertThat(usage.allocatedBytes()).isBetween((long) MEGABYTE, 2L * MEGABYTE - 1);
    }

    @Test
    void what_a_plugin_takes_that_a_thread_of_core_has_enabled_is_its_own() throws Exception {
        var made = new CompletableFuture<Usage>();
        new Thread(group, () -> made.complete(new Usage("enabled"))).start();
        var enabled = made.get();

        var thread = new Thread(enabled.group(), this::take);
        thread.start();
        taken.await();

        assertThat(enabled.allocatedBytes()).isGreaterThan(block.length);
        assertThat(usage.strangers()).doesNotContainKey(thread);
        enough.countDown();
        thread.join();
    }
}
