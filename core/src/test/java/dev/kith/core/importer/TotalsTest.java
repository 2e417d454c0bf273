package dev.kith.core.importer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TotalsTest {

    @Test
    void what_was_read_is_done_when_it_is_answered_rejected_or_passed_over() {
        var totals = new Totals();
        assertThat(totals.partDone()).isZero();

        totals.add(Totals.Count.READ, 100);
        totals.add(Totals.Count.PASSED_OVER, 20);
        assertThat(totals.partDone()).isEqualTo(0.2);

        totals.add(Totals.Count.ROWS, 30);
        assertThat(totals.partDone()).isEqualTo(0.5);

        totals.add(Totals.Count.ROWS, 50);
        assertThat(totals.partDone()).isEqualTo(1);
    }
}
