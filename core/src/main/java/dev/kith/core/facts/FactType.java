package dev.kith.core.facts;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.time.Instant;
import java.util.Arrays;

/** The types a fact may have, as Java, the database and expressions name them. */
enum FactType {
    LONG(Long.class),
    DOUBLE(Double.class),
    BOOLEAN(Boolean.class),
    STRING(String.class),
    INSTANT(Instant.class);

    private final Class<?> java;

    FactType(Class<?> java) {
        this.java = java;
    }

    /** By what {@code kith.fact} remembers: the simple name of the Java class. */
    static FactType of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.java.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no type of fact: " + name));
    }

    Class<?> java() {
        return java;
    }

    CelType cel() {
        return switch (this) {
            case LONG -> SimpleType.INT;
            case DOUBLE -> SimpleType.DOUBLE;
            case BOOLEAN -> SimpleType.BOOL;
            case STRING -> SimpleType.STRING;
            case INSTANT -> SimpleType.TIMESTAMP;
        };
    }
}
