package dev.kith.testkit.heap;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Numbers and texts of a file, one after the other. */
final class Cells {

    /** Bytes of an id. */
    static final int ID = 8;

    /** In the file, the type of a field that refers to an object. */
    static final int OBJECT = 2;

    private static final ValueLayout.OfShort TWO =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt FOUR =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong EIGHT =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment file;
    private long at;

    Cells(MemorySegment file, long at) {
        this.file = file;
        this.at = at;
    }

    long at() {
        return at;
    }

    boolean isAtEnd() {
        return at >= file.byteSize();
    }

    void skip(long bytes) {
        at += bytes;
    }

    int one() {
        return Byte.toUnsignedInt(file.get(ValueLayout.JAVA_BYTE, at++));
    }

    int two() {
        at += 2;
        return Short.toUnsignedInt(file.get(TWO, at - 2));
    }

    long four() {
        at += 4;
        return Integer.toUnsignedLong(file.get(FOUR, at - 4));
    }

    long id() {
        at += ID;
        return file.get(EIGHT, at - ID);
    }

    String text(long bytes) {
        var all = file.asSlice(at, bytes).toArray(ValueLayout.JAVA_BYTE);
        at += bytes;
        return new String(all, StandardCharsets.UTF_8);
    }

    /** Bytes of a value. */
    static int size(int type) {
        return switch (type) {
            case OBJECT, 7, 11 -> 8;
            case 6, 10 -> 4;
            case 5, 9 -> 2;
            case 4, 8 -> 1;
            default -> throw new IllegalStateException("no type of a dump: " + type);
        };
    }
}
