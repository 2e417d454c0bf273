package dev.kith.core.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables that mean a customer are found in SQL as it is usually written. */
final class PersonalTablesTest {

    private static List<String> in(String sql) {
        return PersonalTables.in(List.of(sql.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_column_of_a_customer_is_found_however_it_comes() {
        assertThat(in("create table shop.visit (id int, customer_id uuid not null);"))
                .containsExactly("visit");
        assertThat(in("CREATE TABLE IF NOT EXISTS \"visit\" (\"customer_id\" UUID)"))
                .containsExactly("visit");
        assertThat(in("alter table visit add column original_customer_id uuid;"))
                .containsExactly("visit");
        assertThat(in("create table a (x int); create table b (customer uuid)"))
                .containsExactly("b");
    }

    @Test
    void comments_and_other_tables_are_not() {
        assertThat(in("create table a (x int); -- customer_id uuid\n/* customer_id uuid */"))
                .isEmpty();
        assertThat(in("create table a (customer_name text); create index on a (x);")).isEmpty();
    }
}
