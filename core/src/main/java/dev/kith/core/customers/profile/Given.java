package dev.kith.core.customers.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Copies what a caller gave, nulls and all: it is validation that refuses them, with the place. */
final class Given {

    private Given() {}

    static <T> List<T> list(List<T> given) {
        return Collections.unmodifiableList(new ArrayList<>(given));
    }

    static <K, V> Map<K, V> map(Map<K, V> given) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }
}
