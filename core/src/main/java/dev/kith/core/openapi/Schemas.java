package dev.kith.core.openapi;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeScope;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import dev.kith.api.AboutCustomer;
import dev.kith.api.CustomerId;
import dev.kith.api.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** JSON Schemas of one area's records, with the constraints that stand on them. */
final class Schemas {

    private static final String TIME =
            "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?";

    private final ObjectMapper mapper;
    private final SchemaGenerator generator;

    /**
     * @param mapper the area's: names are written as it writes them
     */
    Schemas(ObjectMapper mapper) {
        this.mapper = mapper;
        var config =
                new SchemaGeneratorConfigBuilder(
                                mapper, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                        .with(new JacksonModule())
                        .with(
                                new JakartaValidationModule(
                                        JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED,
                                        JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS))
                        .with(Option.INLINE_ALL_SCHEMAS)
                        .without(Option.SCHEMA_VERSION_INDICATOR);
        config.forTypesInGeneral().withCustomDefinitionProvider(this::known);
        config.forTypesInGeneral().withTypeAttributeOverride(Schemas::whom);
        this.generator = new SchemaGenerator(config.build());
    }

    ObjectNode of(Class<?> type) {
        var schema = generator.generateSchema(type);
        forClients(schema);
        return schema;
    }

    private static void forClients(JsonNode node) {
        node.forEach(Schemas::forClients);
        if (node instanceof ObjectNode schema && schema.path("pattern").isTextual()) {
            var theirs = Patterns.forClients(schema.get("pattern").asText());
            theirs.ifPresentOrElse(it -> schema.put("pattern", it), () -> schema.remove("pattern"));
        }
    }

    private static void whom(ObjectNode schema, TypeScope scope, SchemaGenerationContext context) {
        if (AboutCustomer.class.isAssignableFrom(scope.getType().getErasedType())) {
            schema.put("description", "Say either customerId or customer {source, id}.");
        }
    }

    private @Nullable CustomDefinition known(ResolvedType type, SchemaGenerationContext context) {
        var schema = known(type.getErasedType());
        return schema == null ? null : new CustomDefinition(schema, true);
    }

    private @Nullable ObjectNode known(Class<?> type) {
        if (type == UUID.class || type == CustomerId.class) {
            return text("uuid");
        }
        if (type == Instant.class) {
            return text("date-time");
        }
        if (type == LocalDate.class) {
            return text("date");
        }
        if (type == LocalTime.class) {
            // "time" would be one with an offset.
            return mapper.createObjectNode().put("type", "string").put("pattern", TIME);
        }
        if (type == Duration.class) {
            return text("duration");
        }
        if (type == Locale.class) {
            return mapper.createObjectNode().put("type", "string");
        }
        if (JsonNode.class.isAssignableFrom(type)) {
            return mapper.createObjectNode();
        }
        if (type == Money.class) {
            return money();
        }
        return type.isEnum() ? constants(type) : null;
    }

    private ObjectNode text(String format) {
        return mapper.createObjectNode().put("type", "string").put("format", format);
    }

    private ObjectNode money() {
        var schema = mapper.createObjectNode().put("type", "object");
        var properties = schema.putObject("properties");
        properties.putObject("value").put("type", "string");
        properties.putObject("currency").put("type", "string").put("pattern", "[A-Z]{3}");
        schema.putArray("required").add("value").add("currency");
        return schema;
    }

    private ObjectNode constants(Class<?> type) {
        var schema = mapper.createObjectNode().put("type", "string");
        var names = schema.putArray("enum");
        for (var constant : type.getEnumConstants()) {
            names.add(mapper.valueToTree(constant).asText());
        }
        return schema;
    }
}
