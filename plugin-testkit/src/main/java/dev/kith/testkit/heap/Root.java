package dev.kith.testkit.heap;

/**
 * Why an object is in memory although nothing need refer to it.
 *
 * @param thread the number of the one it belongs to or is, or 0
 */
record Root(Kind kind, long thread) {

    enum Kind {
        MACHINE("the machine"),
        NATIVE("native code"),
        VARIABLE("a local variable"),
        STACK("a stack"),
        THREAD("a thread");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Reads what follows the tag and the id of the object. */
    static Root read(int tag, Cells cells) {
        return switch (tag) {
            case 0xFF, 0x05, 0x07 -> new Root(Kind.MACHINE, 0);
            case 0x01 -> {
                cells.skip(Cells.ID);
                yield new Root(Kind.NATIVE, 0);
            }
            case 0x02, 0x03, 0x08 -> {
                var thread = cells.four();
                cells.skip(4);
                yield new Root(tag == 0x08 ? Kind.THREAD : Kind.VARIABLE, thread);
            }
            case 0x04, 0x06 -> new Root(Kind.STACK, cells.four());
            default -> throw new IllegalStateException("no record of a dump: " + tag);
        };
    }
}
