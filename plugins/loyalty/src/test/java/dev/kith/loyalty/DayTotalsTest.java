package dev.kith.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chart counts every entry once, whether its day is summed up already or not. */
final class DayTotalsTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    @Test
    void a_month_has_what_was_issued_spent_and_taken_back_and_what_was_left_at_its_end() {
        var customer = crm.customer();
        var before = Stamp.at(crm.now().minus(Duration.ofDays(40)));
        crm.publish("purchase.completed", customer, Purchases.of("a", "70.00", "CNY"), before);
        crm.publish("purchase.completed", customer, Purchases.of("b", "30.00", "CNY"));
        crm.deliverEvents();
        spends(customer, 25);
        refunds(customer);
        var fresh = months();
        assertThat(fresh.getFirst()).extracting(DayTotals.Month::outstanding).isEqualTo(70L);
        var last = fresh.getLast();
        assertThat(last.month()).isEqualTo(YearMonth.from(crm.now().atZone(java.time.ZoneId.of("Asia/Shanghai"))));
        assertThat(List.of(last.issued(), last.spent(), last.gone(), last.outstanding()))
                .containsExactly(30L, 25L, 30L, 45L);

        crm.passes(Duration.ofDays(2));
        assertThat(months()).isEqualTo(fresh);
        crm.passes(Duration.ofDays(1));
        assertThat(months()).isEqualTo(fresh);
    }

    private static List<DayTotals.Month> months() {
        var months = new ArrayList<DayTotals.Month>();
        crm.inTransaction(tx -> months.addAll(DayTotals.months(tx, 24)));
        return months;
    }

    private static void spends(CustomerId customer, long points) {
        crm.as("loyalty:redeem")
                .post(
                        "/loyalty/accounts/%s/redemptions".formatted(customer),
                        Map.of("points", points, "reason", "mug"))
                .expect(201);
    }

    private static void refunds(CustomerId customer) {
        var amount = Map.of("value", "30.00", "currency", "CNY");
        crm.publish("purchase.refunded", customer, Map.of("orderId", "b", "amount", amount));
        crm.deliverEvents();
    }
}
