package dev.kith.core.importer.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.importer.Import;
import dev.kith.core.importer.Progress;
import dev.kith.core.importer.SharedData;
import dev.kith.core.importer.text.Row;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several rows that are one event together. */
class GroupsTest {

    private static final Path ONLINE_RETAIL = Path.of("../config/mappings/online-retail.yaml");

    private static final String INVOICES =
            """
            file: {delimiter: comma}
            customer: {source: shop, id: "${who}"}
            events:
              - topic: purchase.completed
                group: {by: "${invoice}", sum: [amount, items]}
                key: ${invoice}
                data:
                  orderId: ${invoice}
                  channel: ${channel}
                  items: ${n | integer}
                  amount: ${n * price | round 2 | money EUR}
                  lines:
                    - {lineId: "L${#line}", amount: "${n * price | round 2 | money EUR}"}
            """;

    private static final List<String> COLUMNS = List.of("invoice", "who", "n", "price", "channel");

    @TempDir Path dir;
    private List<MappedRow> sent = new ArrayList<>();
    private long line;

    @BeforeEach
    void fresh() {
        sent = new ArrayList<>();
        line = 1;
    }

    @Test
    void lines_of_an_invoice_are_one_purchase_with_their_sum() throws Exception {
        var mapper = mapper();
        read(mapper, "A,ann,2,1.255,web");
        read(mapper, "B,bob,1,9.00,shop");
        read(mapper, "A,ann,-1,1.00,phone");
        sent.addAll(mapper.rest());

        assertThat(events())
                .containsExactly(
                        """
                        {"topic":"purchase.completed","source":"import","key":"B",\
                        "customer":{"source":"shop","id":"bob"},"data":{"orderId":"B",\
                        "channel":"shop","items":1,"amount":{"value":"9.00","currency":"EUR"},\
                        "lines":[{"lineId":"L3","amount":{"value":"9.00","currency":"EUR"}}]}}\
                        """,
                        """
                        {"topic":"purchase.completed","source":"import","key":"A",\
                        "customer":{"source":"shop","id":"ann"},"data":{"orderId":"A",\
                        "channel":"web","items":1,"amount":{"value":"1.51","currency":"EUR"},\
                        "lines":[{"lineId":"L2","amount":{"value":"2.51","currency":"EUR"}},\
                        {"lineId":"L4","amount":{"value":"-1.00","currency":"EUR"}}]}}\
                        """);
        assertThat(sent).hasSize(3);
    }

    @Test
    void a_group_ends_when_no_row_followed_for_long() throws Exception {
        var mapper = mapper();
        read(mapper, "A,ann,1,1.00,web");
        for (var i = 0; i < Groups.OPEN_ROWS; i++) {
            read(mapper, "B%d,bob,1,1.00,web".formatted(i));
        }
        assertThat(events()).isEmpty();
        assertThat(mapper.firstOpenLine()).hasValue(2);
        read(mapper, "C,bob,1,1.00,web");
        assertThat(events()).hasSize(1);
        assertThat(mapper.firstOpenLine()).hasValue(3);
    }

    @Test
    void a_row_that_is_wrong_refuses_its_whole_group() throws Exception {
        var mapper = mapper();
        read(mapper, "A,ann,1,1.00,web");
        read(mapper, "A,ann,x,1.00,web");
        read(mapper, "B,bob,1,1.00,web");
        read(mapper, "B,eve,1,1.00,web");
        read(mapper, "C,,1,1.00,web");
        read(mapper, "C,ann,1,1.00,web");
        sent.addAll(mapper.rest());

        assertThat(events()).isEmpty();
        assertThat(sent.stream().map(MappedRow::refusal).filter(r -> !r.isEmpty()))
                .containsExactly(
                        "items: \"x\" is no number",
                        "is about another customer than the first row of its group",
                        "the customer's id is empty",
                        "another row of its group is wrong",
                        "another row of its group is wrong",
                        "another row of its group is wrong");
    }

    @Test
    void the_invoices_of_online_retail_come_out() {
        var file = SharedData.path("01_customers_orders/online_retail_2010-12_2011-12.csv.gz");

        var plan =
                new Import.Plan(
                        file,
                        ONLINE_RETAIL,
                        dir.resolve("rejects.csv"),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Duration.ZERO,
                        ZoneId.of("UTC"));
        var summary = new Import(plan, Optional.empty()).run(Progress.none());

        assertThat(summary.rows()).isEqualTo(541_909);
        assertThat(summary.rejects()).isEqualTo(135_080);
        assertThat(summary.customers()).isEqualTo(4_372);
        assertThat(summary.eventsRecorded()).isEqualTo(22_190);
        assertThat(summary.totals()).isEqualTo(Map.of("GBP", new BigDecimal("9522749.99")));
    }

    private RowMapper mapper() throws Exception {
        var mapping = Mapping.read(Files.writeString(dir.resolve("invoices.yaml"), INVOICES));
        var columns = new Columns(COLUMNS, COLUMNS.size());
        return new RowMapper(mapping, columns, "file", ZoneId.of("UTC"));
    }

    private void read(RowMapper mapper, String text) {
        line++;
        sent.addAll(mapper.map(new Row(line, List.of(text.split(",", -1)), text, "")));
    }

    private List<String> events() {
        return sent.stream().flatMap(row -> row.events().stream()).map(Object::toString).toList();
    }
}
