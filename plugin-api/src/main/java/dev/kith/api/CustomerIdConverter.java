package dev.kith.api;

import java.util.UUID;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** Lets jOOQ read and write columns that mean a customer as {@link CustomerId}. */
public final class CustomerIdConverter extends AbstractConverter<UUID, CustomerId> {

    private static final long serialVersionUID = 1L;

    public CustomerIdConverter() {
        super(UUID.class, CustomerId.class);
    }

    @Override
    public @Nullable CustomerId from(@Nullable UUID value) {
        return value == null ? null : new CustomerId(value);
    }

    @Override
    public @Nullable UUID to(@Nullable CustomerId id) {
        return id == null ? null : id.value();
    }
}
