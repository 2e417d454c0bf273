package dev.kith.core.loading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultPluginManager;

/** What is done when a plugin goes can be done again. */
final class OwnLoaderTest {

    @Test
    void drivers_may_be_looked_for_again_after_a_stop_that_failed() {
        var parent = new SharedPackages(LoadedPlugin.class.getClassLoader());
        var loader =
                new OwnLoader(new DefaultPluginManager(), new DefaultPluginDescriptor(), parent);

        assertThat(loader.sweepDrivers()).isEmpty();
        assertThat(loader.sweepDrivers()).isEmpty();
    }
}
