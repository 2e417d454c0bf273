package dev.kith.testkit.heap;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A dump of the heap: its roots, its classes, and to what each object refers. */
final class Dump {

    /** Instead of a field's name: an object and its class. */
    static final String CLASS = "<class>";

    private static final List<String> WEAK =
            List.of("java.lang.ref.WeakReference", "java.lang.ref.PhantomReference");

    private static final int TEXT = 0x01;
    private static final int LOADED = 0x02;
    private static final int HEAP = 0x0C;
    private static final int PART_OF_HEAP = 0x1C;

    private static final int OF_CLASS = 0x20;
    private static final int INSTANCE = 0x21;
    private static final int ARRAY = 0x22;
    private static final int NUMBERS = 0x23;

    private final MemorySegment file;
    private final Map<Long, String> texts = new HashMap<>();
    private final Map<Long, String> classNames = new HashMap<>();
    private final Map<Long, Long> places = new HashMap<>();
    private final Map<Long, Type> types = new HashMap<>();
    private final Map<Long, Root> roots = new LinkedHashMap<>();
    private final Map<Long, Long> threads = new HashMap<>();

    /** A reference by its name. */
    record Reference(String name, long to) {}

    private record Field(String name, int type) {}

    private record Type(long parent, List<Field> fields, List<Reference> own) {}

    Dump(MemorySegment file) {
        this.file = file;
        var cells = new Cells(file, 0);
        for (var letter = cells.one(); letter != 0; ) {
            letter = cells.one();
        }
        if (cells.four() != Cells.ID) {
            throw new IllegalStateException("a dump of a machine with other addresses");
        }
        cells.skip(8);
        while (!cells.isAtEnd()) {
            record(cells);
        }
    }

    private void record(Cells cells) {
        var tag = cells.one();
        cells.skip(4);
        var length = cells.four();
        var end = cells.at() + length;
        switch (tag) {
            case TEXT -> texts.put(cells.id(), cells.text(length - Cells.ID));
            case LOADED -> {
                cells.skip(4);
                var id = cells.id();
                cells.skip(4);
                classNames.put(id, texts.getOrDefault(cells.id(), "?").replace('/', '.'));
            }
            case HEAP, PART_OF_HEAP -> {
                while (cells.at() < end) {
                    object(cells);
                }
            }
            default -> {}
        }
        cells.skip(end - cells.at());
    }

    private void object(Cells cells) {
        var place = cells.at();
        var tag = cells.one();
        var id = cells.id();
        switch (tag) {
            case OF_CLASS -> {
                places.put(id, place);
                types.put(id, type(cells));
            }
            case INSTANCE -> {
                places.put(id, place);
                cells.skip(4 + Cells.ID);
                cells.skip(cells.four());
            }
            case ARRAY -> {
                places.put(id, place);
                cells.skip(4);
                cells.skip(cells.four() * Cells.ID + Cells.ID);
            }
            case NUMBERS -> {
                places.put(id, place);
                cells.skip(4);
                var count = cells.four();
                cells.skip(count * Cells.size(cells.one()));
            }
            default -> root(id, Root.read(tag, cells));
        }
    }

    private void root(long id, Root root) {
        roots.putIfAbsent(id, root);
        if (root.kind() == Root.Kind.THREAD) {
            roots.put(id, root);
            threads.put(root.thread(), id);
        }
    }

    private Type type(Cells cells) {
        cells.skip(4);
        var parent = cells.id();
        var own = new ArrayList<Reference>();
        own.add(new Reference("<superclass>", parent));
        own.add(new Reference("<loader>", cells.id()));
        cells.skip(4 * Cells.ID + 4);
        var constants = cells.two();
        for (var i = 0; i < constants; i++) {
            cells.skip(2);
            cells.skip(Cells.size(cells.one()));
        }
        var statics = cells.two();
        for (var i = 0; i < statics; i++) {
            var name = text(cells.id());
            var type = cells.one();
            if (type == Cells.OBJECT) {
                own.add(new Reference("static " + name, cells.id()));
            } else {
                cells.skip(Cells.size(type));
            }
        }
        var fields = new ArrayList<Field>();
        var count = cells.two();
        for (var i = 0; i < count; i++) {
            fields.add(new Field(text(cells.id()), cells.one()));
        }
        return new Type(parent, fields, own);
    }

    private String text(long id) {
        return texts.getOrDefault(id, "?");
    }

    /** What is in memory although nothing refers to it. */
    Set<Long> roots() {
        return roots.keySet();
    }

    /** Why it is. */
    String describeRoot(long object) {
        var root = Objects.requireNonNull(roots.get(object));
        var what = root.kind().words();
        var thread = threads.get(root.thread());
        var owner = thread == null || thread == object ? "" : " of " + describe(thread);
        return what + owner + ": " + describe(object);
    }

    /** The object that a {@link Suspect} tells of. */
    long suspected() {
        var suspect =
                places.keySet().stream()
                        .filter(object -> typeName(object).equals(Suspect.class.getName()))
                        .findFirst()
                        .orElseThrow();
        return field(field(suspect, "object"), "referent");
    }

    /** What an object is, in a few words: its class, and the name of a thread. */
    String describe(long object) {
        var name = classNames.get(object);
        if (name != null) {
            return "class " + name;
        }
        var type = typeName(object);
        return isA(classOf(object), "java.lang.Thread")
                ? "%s \"%s\"".formatted(type, string(field(object, "name")))
                : type;
    }

    private String typeName(long object) {
        return classNames.getOrDefault(classOf(object), "?");
    }

    private long field(long object, String name) {
        return everyField(object).stream()
                .filter(reference -> reference.name.equals(name))
                .findFirst()
                .map(Reference::to)
                .orElse(0L);
    }

    // Names of threads are of one byte a letter.
    private String string(long object) {
        var place = places.get(field(object, "value"));
        if (place == null) {
            return "";
        }
        var cells = new Cells(file, place + 1 + Cells.ID + 4);
        var length = cells.four();
        cells.skip(1);
        return cells.text(length);
    }

    /** Its class; that of an array of numbers or of a class is not told. */
    private long classOf(long object) {
        var cells = new Cells(file, places.getOrDefault(object, 0L));
        return switch (cells.one()) {
            case INSTANCE -> {
                cells.skip(Cells.ID + 4);
                yield cells.id();
            }
            case ARRAY -> {
                cells.skip(Cells.ID + 8);
                yield cells.id();
            }
            default -> 0;
        };
    }

    /** All that an object holds on to; what a weak reference refers to is not. */
    List<Reference> references(long object) {
        var place = places.get(object);
        if (place == null) {
            return List.of();
        }
        var cells = new Cells(file, place);
        return switch (cells.one()) {
            case OF_CLASS -> Objects.requireNonNull(types.get(object)).own;
            case INSTANCE -> held(object);
            case ARRAY -> elements(cells);
            default -> List.of();
        };
    }

    private List<Reference> elements(Cells cells) {
        cells.skip(Cells.ID + 4);
        var count = cells.four();
        var all = new ArrayList<Reference>();
        all.add(new Reference(CLASS, cells.id()));
        for (var i = 0; i < count; i++) {
            all.add(new Reference("[]", cells.id()));
        }
        return all;
    }

    private List<Reference> held(long object) {
        var all = everyField(object);
        var type = classOf(object);
        if (WEAK.stream().anyMatch(weak -> isA(type, weak))) {
            all.removeIf(reference -> reference.name.equals("referent"));
        }
        all.add(new Reference(CLASS, type));
        return all;
    }

    private List<Reference> everyField(long object) {
        var all = new ArrayList<Reference>();
        var cells = new Cells(file, places.getOrDefault(object, 0L) + 1 + Cells.ID + 4);
        var of = cells.id();
        cells.skip(4);
        for (var type = types.get(of); type != null; type = types.get(type.parent)) {
            for (var field : type.fields) {
                if (field.type == Cells.OBJECT) {
                    all.add(new Reference(field.name, cells.id()));
                } else {
                    cells.skip(Cells.size(field.type));
                }
            }
        }
        return all;
    }

    private boolean isA(long type, String name) {
        for (var id = type; types.containsKey(id); id = types.get(id).parent) {
            if (name.equals(classNames.get(id))) {
                return true;
            }
        }
        return false;
    }
}
