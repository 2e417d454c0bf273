package dev.kith.core.importer.text;

import dev.kith.core.words.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a file's bytes are text: as its byte order mark says, else UTF-8 if it is, else GB18030.
 *
 * @param markBytes the length of the byte order mark
 */
record Encoding(Charset charset, int markBytes) {

    static final Charset GB18030 = Charset.forName("GB18030");

    /** UTF-8 that is right about so many bytes beyond ASCII is no accident. */
    private static final int EVIDENCE_BYTES = 8_192;

    private static final int BUFFER_BYTES = 65_536;

    static Encoding of(Path path, Optional<Charset> named) throws IOException {
        var start = start(path);
        if (starts(start, 0xEF, 0xBB, 0xBF)) {
            return new Encoding(StandardCharsets.UTF_8, 3);
        } else if (starts(start, 0xFF, 0xFE)) {
            return new Encoding(StandardCharsets.UTF_16LE, 2);
        } else if (starts(start, 0xFE, 0xFF)) {
            return new Encoding(StandardCharsets.UTF_16BE, 2);
        } else if (starts(start, 0x84, 0x31, 0x95, 0x33)) {
            return new Encoding(GB18030, 4);
        }
        return new Encoding(named.isPresent() ? named.get() : guess(path), 0);
    }

    private static Charset guess(Path path) throws IOException {
        if (decodes(path, StandardCharsets.UTF_8)) {
            return StandardCharsets.UTF_8;
        }
        if (decodes(path, GB18030)) {
            return GB18030;
        }
        throw new ImportFailure(path + ": " + Words.of("import.unknownCharset"));
    }

    private static byte[] start(Path path) throws IOException {
        try (var in = TextFile.bytes(path)) {
            return in.readNBytes(4);
        }
    }

    private static boolean starts(byte[] bytes, int... mark) {
        for (var i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    // Reads until there is evidence enough, or to the end: the first foreign letter may come late.
    private static boolean decodes(Path path, Charset charset) throws IOException {
        var decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        var bytes = ByteBuffer.allocate(BUFFER_BYTES);
        var chars = CharBuffer.allocate(BUFFER_BYTES);
        var evidence = 0;
        try (var in = TextFile.bytes(path)) {
            while (evidence < EVIDENCE_BYTES) {
                var read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                if (read < 0) {
                    bytes.flip();
                    return !decoder.decode(bytes, chars, true).isError();
                }
                evidence += foreign(bytes, read);
                bytes.position(bytes.position() + read).flip();
                if (decoder.decode(bytes, chars, false).isError()) {
                    return false;
                }
                bytes.compact();
                chars.clear();
            }
            return true;
        } catch (IOException e) {
            if (TextFile.isDamage(e)) {
                // What there is of it decodes; reading it later says where it ends.
                return true;
            }
            throw e;
        }
    }

    private static int foreign(ByteBuffer bytes, int count) {
        var foreign = 0;
        for (var i = 0; i < count; i++) {
            foreign += bytes.get(bytes.position() + i) < 0 ? 1 : 0;
        }
        return foreign;
    }
}
