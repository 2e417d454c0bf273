package dev.kith.core.facts;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.StructType;
import java.util.Map;
import java.util.Optional;

/** Tells CEL which facts there are: one structure per plugin, one field per fact. */
final class FactTypes implements CelTypeProvider {

    private final ImmutableSet<CelType> types;

    FactTypes(Map<String, ? extends Map<String, CelType>> structs) {
        types =
                structs.entrySet().stream()
                        .map(struct ->
                                struct(struct.getKey(), ImmutableMap.copyOf(struct.getValue())))
                        .collect(ImmutableSet.toImmutableSet());
    }

    private static CelType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(
                name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return types;
    }

    @Override
    public Optional<CelType> findType(String name) {
        return types.stream().filter(type -> type.name().equals(name)).findFirst();
    }
}
