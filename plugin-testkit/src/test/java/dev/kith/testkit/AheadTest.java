package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A version that is tested on the schema of the next: what its tests then show. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class AheadTest {

    private static final Path FOLDER = Scratch.folder();

    private static TestCrm firstOnSchemaOf(Path newer) {
        return TestCrm.withPlugins(Tally.write(FOLDER, "1.0.0")).onSchemaOf(newer);
    }

    /** What a test of the first version would do. */
    private static List<String> applied(TestCrm crm) {
        var customer = crm.customer().toString();
        var body = Map.of("customer", customer, "number", 7);
        crm.admin().post("/tally/bumps", body).expect(201);
        crm.deliverEvents();
        return Gates.rows(
                crm,
                "select version from tally.applied where number = 7 and customer_id = '%s'"
                        .formatted(customer));
    }

    /** The next version has one column more. */
    @Nested
    final class OneThatAdds {

        @RegisterExtension
        static final TestCrm crm = firstOnSchemaOf(Tally.write(FOLDER, Tally.NEWER));

        @Test
        void lets_the_old_version_work() {
            assertThat(
                            Gates.rows(
                                    crm,
                                    "select column_name::text from information_schema.columns"
                                            + " where table_schema = 'tally' and column_name = 'note'"))
                    .hasSize(1);
            assertThat(applied(crm)).containsExactly("1.0.0");
        }
    }

    /** The next version takes a column away that the first writes. */
    @Nested
    final class OneThatTakesAway {

        @RegisterExtension static final TestCrm crm = firstOnSchemaOf(tidied());

        private static Path tidied() {
            var newer = Tally.write(FOLDER, Tally.NEWER);
            Samples.migration(
                    newer, "V3__tidy.sql", "alter table tally.applied rename number to amount");
            return newer;
        }

        @Test
        void is_found_by_the_old_versions_tests() {
            var body = Map.of("customer", crm.customer().toString(), "number", 7);
            crm.admin().post("/tally/bumps", body).expect(201);
            crm.deliverEvents();
            assertThat(Gates.rows(crm, "select customer_id::text from tally.applied")).isEmpty();
        }
    }
}
