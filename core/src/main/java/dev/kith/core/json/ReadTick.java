package dev.kith.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/** A box of a form: ticked, it sends its value, {@code on} unless said; otherwise nothing. */
final class ReadTick extends StdScalarDeserializer<Boolean> {

    private static final long serialVersionUID = 1L;

    private ReadTick(Class<?> type) {
        super(type);
    }

    static SimpleModule module() {
        return new SimpleModule("ticks")
                .addDeserializer(boolean.class, new ReadTick(boolean.class))
                .addDeserializer(Boolean.class, new ReadTick(Boolean.class));
    }

    @Override
    public Boolean deserialize(JsonParser in, DeserializationContext context) throws IOException {
        return switch (in.getText()) {
            case "on", "true" -> true;
            case "false" -> false;
            case String other ->
                    (Boolean) context.handleWeirdStringValue(handledType(), other, "not a tick");
        };
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
        return false;
    }
}
