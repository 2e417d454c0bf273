package dev.kith.core.loading;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes back the database drivers that a plugin has registered, and names them. {@link DriverManager}
 * shows a driver only to classes that see it, so this one is defined in the plugin's own loader.
 */
public final class DriverSweep implements Supplier<List<String>> {

    @Override
    public List<String> get() {
        var own = DriverSweep.class.getClassLoader();
        var swept = new ArrayList<String>();
        for (var driver : DriverManager.drivers().toList()) {
            if (own.equals(driver.getClass().getClassLoader())) {
                try {
                    DriverManager.deregisterDriver(driver);
                    swept.add(driver.getClass().getName());
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return swept;
    }
}
