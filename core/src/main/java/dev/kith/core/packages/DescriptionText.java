package dev.kith.core.packages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.core.input.JsonPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A {@link Description} as the bytes of its file, and back. */
public final class DescriptionText {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .build();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER =
            JSON.writer(
                    new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));

    private DescriptionText() {}

    public static byte[] write(Description description) {
        try {
            return (WRITER.writeValueAsString(description) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @throws WrongPackage if it is none
     */
    public static Description read(byte[] text) {
        try {
            return JSON.readValue(text, Description.class);
        } catch (JsonMappingException e) {
            var place = JsonPlace.pointer(e.getPath());
            throw new WrongPackage(
                    "%s: %s is not what a description says there"
                            .formatted(Description.FILE, place.isEmpty() ? "the whole" : place),
                    e);
        } catch (JsonProcessingException e) {
            throw new WrongPackage(Description.FILE + " is no JSON", e);
        } catch (IOException e) {
            throw new IllegalStateException(e); // there is no file here
        }
    }
}
