package dev.kith.core.settings;

import java.util.ArrayList;
import java.util.List;

/** The names of all settings, by the records' components. */
final class SettingNames {

    private SettingNames() {}

    static List<String> of(Class<?> type) {
        var names = new ArrayList<String>();
        for (var component : type.getRecordComponents()) {
            if (component.getType() == Settings.Plugins.class) {
                names.add("plugins.dir");
            } else if (component.getType().isRecord()) {
                of(component.getType()).forEach(n -> names.add(component.getName() + "." + n));
            } else {
                names.add(component.getName());
            }
        }
        return names;
    }
}
