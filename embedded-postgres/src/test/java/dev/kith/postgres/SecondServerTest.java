package dev.kith.postgres;

import static dev.kith.postgres.EmbeddedPostgres.Options.durable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DataFolders.class)
class SecondServerTest {

    @Test
    void a_second_server_is_refused_and_told_the_first(Path folder) throws Exception {
        try (var owner = Owner.of(folder)) {
            var postgres = owner.postgres();

            assertThatThrownBy(() -> EmbeddedPostgres.start(folder, durable()))
                    .isInstanceOf(PostgresFailure.class)
                    .hasMessageContaining("process " + owner.pid())
                    .hasMessageContaining(folder.toString());
            assertThat(postgres.isAlive()).isTrue();
        }
    }

    @Test
    void a_second_server_in_the_same_process_is_refused_and_unlocks_nothing(Path folder)
            throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, durable())) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder, durable()))
                    .isInstanceOf(PostgresFailure.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());

            try (var other = Owner.of(folder)) {
                assertThat(other.answer())
                        .startsWith("failed Another server")
                        .contains("process " + ProcessHandle.current().pid());
            }
            assertThat(postgres.running()).isTrue();
        }
    }

    @Test
    void a_start_that_failed_leaves_the_folder_free(Path folder) throws Exception {
        var wrong =
                new EmbeddedPostgres.Options(Durability.DURABLE, Map.of("shared_buffers", "a lot"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, wrong))
                .isInstanceOf(PostgresFailure.class)
                .hasMessageContaining("shared_buffers");

        try (var owner = Owner.of(folder)) {
            assertThat(owner.answer()).startsWith("started");
        }
    }
}
