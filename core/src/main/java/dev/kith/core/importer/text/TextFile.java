package dev.kith.core.importer.text;

import dev.kith.core.words.Words;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** A text file, perhaps compressed, that knows how far it has been read. */
public final class TextFile implements AutoCloseable {

    /**
     * Stands for bytes that are no text. Not the usual replacement character: that one may stand in
     * the file itself.
     */
    static final String NO_TEXT = "\uFFFF";

    private static final int BUFFER_BYTES = 65_536;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final LongSupplier position;
    private final long size;
    private final Charset charset;
    private final Reader reader;

    /**
     * @param position how many of the file's bytes have been made into these
     */
    private record Source(InputStream bytes, LongSupplier position) {}

    private TextFile(LongSupplier position, long size, Charset charset, Reader reader) {
        this.position = position;
        this.size = size;
        this.charset = charset;
        this.reader = reader;
    }

    /**
     * @param named the charset if it is known; otherwise it is found out
     * @throws ImportFailure if there is no such file, or it is no text
     */
    public static TextFile open(Path path, Optional<Charset> named) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new ImportFailure(path + ": " + Words.of("import.noFile"));
        }
        var encoding = Encoding.of(path, named);
        var source = unpacked(Files.newInputStream(path));
        var text = new Undamaged(source.bytes());
        text.skipNBytes(encoding.markBytes());
        var decoded = new InputStreamReader(text, decoder(encoding.charset()));
        return new TextFile(
                source.position(),
                Files.size(path),
                encoding.charset(),
                new ToTheDamage(decoded, text));
    }

    private static CharsetDecoder decoder(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(NO_TEXT);
    }

    /** The file's bytes, unpacked if it is a gzip file, whatever it is called. */
    static InputStream bytes(Path path) throws IOException {
        try {
            return unpacked(Files.newInputStream(path)).bytes();
        } catch (NoSuchFileException e) {
            throw new ImportFailure(path + ": " + Words.of("import.noFile"), e);
        }
    }

    private static Source unpacked(InputStream packed) throws IOException {
        var in = new BufferedInputStream(packed, BUFFER_BYTES);
        in.mark(2);
        var gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        in.reset();
        var counted = new Counted(in);
        if (!gzip) {
            return new Source(counted, counted::count);
        }
        var unpacked = new Unpacked(counted);
        return new Source(unpacked, unpacked::position);
    }

    /** Whether this is how a compressed file that was cut off or damaged shows. */
    public static boolean isDamage(IOException e) {
        return e instanceof EOFException || e instanceof ZipException;
    }

    /** The name that keys are made of: compressing a file does not make it another one. */
    public static String name(Path path) {
        var name = String.valueOf(path.getFileName());
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }

    Charset charset() {
        return charset;
    }

    public Reader reader() {
        return reader;
    }

    public long bytesRead() {
        return position.getAsLong();
    }

    public long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /**
     * Ends where the damage is and keeps the failure. Thrown in the middle of a reader's work, it
     * would take with it all that the reader had decoded so far.
     */
    private static final class Undamaged extends FilterInputStream {
        private @Nullable IOException damage;

        Undamaged(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (damage != null) {
                return -1;
            }
            try {
                return super.read(into, from, length);
            } catch (IOException e) {
                if (!isDamage(e)) {
                    throw e;
                }
                damage = e;
                return -1;
            }
        }
    }

    /** Gives all text before the damage, then its failure. */
    private static final class ToTheDamage extends FilterReader {
        private final Undamaged bytes;

        ToTheDamage(Reader text, Undamaged bytes) {
            super(text);
            this.bytes = bytes;
        }

        @Override
        public int read(char[] into, int from, int length) throws IOException {
            var read = super.read(into, from, length);
            if (read < 0 && bytes.damage != null) {
                throw bytes.damage;
            }
            return read;
        }
    }

    /** What has been taken but waits to be unpacked is not read yet; it may be the whole file. */
    private static final class Unpacked extends GZIPInputStream {
        private final Counted packed;
        private volatile long position;

        Unpacked(Counted packed) throws IOException {
            super(packed, BUFFER_BYTES);
            this.packed = packed;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            var read = super.read(into, from, length);
            position = packed.count() - (read < 0 ? 0 : inf.getRemaining());
            return read;
        }

        long position() {
            return position;
        }
    }

    private static final class Counted extends FilterInputStream {
        private volatile long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var read = super.read();
            add(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            var read = super.read(into, from, length);
            add(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            var skipped = super.skip(bytes);
            add(skipped);
            return skipped;
        }

        long count() {
            return count;
        }

        // One thread reads, another one only looks.
        private void add(long bytes) {
            var sum = count + bytes;
            count = sum;
        }
    }
}
