package dev.kith.core.words;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The commands' texts, in the language of whoever runs them. */
public final class Words {

    private Words() {}

    public static String of(String key, Object... arguments) {
        var pattern = ResourceBundle.getBundle("text.cli").getString("say." + key);
        return new MessageFormat(pattern, Locale.getDefault()).format(arguments);
    }
}
