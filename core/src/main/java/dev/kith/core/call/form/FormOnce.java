package dev.kith.core.call.form;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** A number for each time a form is shown; sent again, it is the same form. */
public final class FormOnce {

    private static final int BYTES = 16;
    private static final Pattern ONE = Pattern.compile("[A-Za-z0-9_-]{22}");

    private FormOnce() {}

    public static String next() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static boolean isOne(String text) {
        return ONE.matcher(text).matches();
    }
}
