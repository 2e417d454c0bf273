package dev.kith.api;

import java.util.regex.Pattern;

/**
 * The right to do something, required by every route and page. Roles and keys list them.
 *
 * {@snippet :
 * static final Permission READ = new Permission("warranty:read", "See claims and covers");
 * }
 *
 * @param name {@code <area>:<verb>}, lower case
 * @param meaning one English sentence for the operator who grants it
 */
public record Permission(String name, String meaning) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*:[a-z][a-z0-9-]*");

    public Permission {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a permission is <area>:<verb>, not " + name);
        }
    }
}
