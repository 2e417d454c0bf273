package dev.kith.core.cli.tell;

import dev.kith.core.words.Words;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what options are given; picocli alone would answer with the names of exceptions. */
public final class Arguments {

    private Arguments() {}

    public static void readBy(CommandLine line) {
        line.registerConverter(Duration.class, Arguments::duration);
        line.registerConverter(URI.class, Arguments::server);
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException(Words.of("noDuration", text));
        }
    }

    private static URI server(String text) {
        try {
            var address = new URI(text);
            var scheme = String.valueOf(address.getScheme());
            if (scheme.matches("https?") && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // It is as wrong as an address of something else.
        }
        throw new TypeConversionException(Words.of("noAddress", text));
    }

    /** A name that is known here, or {@code auto} as in a mapping. */
    public static final class CharsetName implements ITypeConverter<String> {

        @Override
        public String convert(String name) {
            try {
                if (name.equals("auto") || Charset.isSupported(name)) {
                    return name;
                }
            } catch (IllegalArgumentException e) {
                // It is not even a name.
            }
            throw new TypeConversionException(Words.of("noCharset", name));
        }
    }
}
