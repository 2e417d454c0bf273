package dev.kith.core.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.AccessorNamingStrategy;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.DefaultAccessorNamingStrategy;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One area's JSON: strict for what callers and operators write, tolerant for event payloads, one
 * form for what is written. The mappers have their own type factory, because a shared one would keep
 * a plugin's classes alive.
 */
public final class Json {

    /** How deep a document may be nested. */
    public static final int DEPTH_MAX = 32;

    /** The longest string, in characters. */
    public static final int STRING_MAX = 100_000;

    /** The longest number, in digits. */
    public static final int NUMBER_MAX = 40;

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final int TYPES_MAX = 500;

    private final ObjectMapper strict;
    private final ObjectMapper tolerant;
    private final ObjectMapper form;

    public Json() {
        var exact =
                builder(NUMBER_MAX)
                        .enable(
                                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                                DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                                DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .withCoercionConfig(LogicalType.Textual, Json::refuseNumbers)
                        .build();
        strict = exact;
        form = ofForms(exact);
        tolerant =
                builder(Integer.MAX_VALUE)
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                        .build();
    }

    /** For the fields of forms, which are all text: as strict, once they are read as what they mean. */
    public ObjectMapper form() {
        return form;
    }

    /** For requests and settings: no unknown names, no coercion, no duplicate keys. */
    public ObjectMapper strict() {
        return strict;
    }

    /**
     * For event payloads: takes what it knows and overlooks the rest. Numbers may be of any length,
     * because the database writes out those that a plugin gave an exponent.
     */
    public ObjectMapper tolerant() {
        return tolerant;
    }

    /** A value the server itself made, as JSON text. */
    public String write(Object value) {
        try {
            return strict.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonMapper ofForms(JsonMapper strict) {
        return strict.rebuild()
                .enable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .addModule(ReadTick.module())
                .build();
    }

    private static void refuseNumbers(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    private static JsonMapper.Builder builder(int numberMax) {
        var factory =
                JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(DEPTH_MAX)
                                        .maxStringLength(STRING_MAX)
                                        .maxNumberLength(numberMax)
                                        .build())
                        .build();
        return JsonMapper.builder(factory)
                .typeFactory(TypeFactory.defaultInstance().withCache(cache()))
                .annotationIntrospector(new LowerCamelEnums())
                .accessorNaming(new ComponentsOnly())
                .addModule(new JavaTimeModule())
                .addModule(instants())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(
                                JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST);
    }

    private static LookupCache<Object, JavaType> cache() {
        return new LRUMap<>(16, TYPES_MAX);
    }

    private static SimpleModule instants() {
        return new SimpleModule("instants")
                .addSerializer(Instant.class, new WriteInstant())
                .addDeserializer(Instant.class, new ReadInstant())
                .addDeserializer(LocalDate.class, new ReadDate());
    }

    /** Of a record, what is worked out from its components is not part of it. */
    private static final class ComponentsOnly extends DefaultAccessorNamingStrategy.Provider {
        private static final long serialVersionUID = 1L;

        @Override
        public AccessorNamingStrategy forRecord(MapperConfig<?> config, AnnotatedClass type) {
            return new DefaultAccessorNamingStrategy.RecordNaming(config, type) {
                @Override
                public @Nullable String findNameForIsGetter(AnnotatedMethod method, String name) {
                    return null;
                }

                @Override
                public @Nullable String findNameForRegularGetter(
                        AnnotatedMethod method, String name) {
                    return _fieldNames.contains(name) ? name : null;
                }
            };
        }
    }

    /** States and codes are lowerCamelCase in JSON. */
    private static final class LowerCamelEnums extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Object findEnumNamingStrategy(MapperConfig<?> config, AnnotatedClass type) {
            var own = super.findEnumNamingStrategy(config, type);
            return own == null ? EnumNamingStrategies.LowerCamelCaseStrategy.class : own;
        }
    }

    private static final class WriteInstant extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        WriteInstant() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(INSTANT.format(value));
        }
    }

    private static final class ReadDate extends StdScalarDeserializer<LocalDate> {
        private static final long serialVersionUID = 1L;

        ReadDate() {
            super(LocalDate.class);
        }

        @Override
        public LocalDate deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            if (!in.hasToken(com.fasterxml.jackson.core.JsonToken.VALUE_STRING)) {
                return (LocalDate) context.handleUnexpectedToken(LocalDate.class, in);
            }
            try {
                return Times.date(in.getText());
            } catch (DateTimeException e) {
                return (LocalDate)
                        context.handleWeirdStringValue(
                                LocalDate.class, in.getText(), "not an RFC 3339 date");
            }
        }
    }

    /** RFC 3339 with any offset; kept to the millisecond, as it is answered. */
    private static final class ReadInstant extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        ReadInstant() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            if (!in.hasToken(com.fasterxml.jackson.core.JsonToken.VALUE_STRING)) {
                return (Instant) context.handleUnexpectedToken(Instant.class, in);
            }
            try {
                return Times.instant(in.getText()).truncatedTo(ChronoUnit.MILLIS);
            } catch (DateTimeException e) {
                return (Instant)
                        context.handleWeirdStringValue(
                                Instant.class, in.getText(), "not an RFC 3339 instant");
            }
        }
    }
}
