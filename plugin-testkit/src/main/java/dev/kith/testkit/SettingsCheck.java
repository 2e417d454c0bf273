package dev.kith.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kith.core.plugins.running.PluginState;
import dev.kith.core.server.Node;

/** Starts a second server whose settings of the plugin have a name too many. */
record SettingsCheck(TestCrm crm) {

    private static final String UNKNOWN = "noSuchSetting";

    void run() {
        try (var database = TestDatabase.create();
                var data = new TemporaryFolder();
                var node = Node.start(crm.start(database, data.path(), UNKNOWN))) {
            var status = node.plugins().status(crm.plugin());
            assertEquals(PluginState.FAILED, status.state());
            assertTrue(String.valueOf(status.reason()).contains(UNKNOWN), status::toString);
        }
    }
}
