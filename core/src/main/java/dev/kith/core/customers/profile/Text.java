package dev.kith.core.customers.profile;

/** Limits of what is written about customers. Lengths are in characters. */
public final class Text {

    /** One line: no control characters, which no name has, and nothing that is half a character. */
    public static final String LINE = "[^\\p{Cc}\\p{Cs}]*";

    static final int NAME_MAX = 200;
    static final int LABEL_MAX = 50;
    public static final int LINE_MAX = 200;
    public static final int TAG_MAX = 50;
    public static final int TAGS_MAX = 50;
    public static final int SOURCE_MAX = 100;
    public static final int EXTERNAL_ID_MAX = 200;
    public static final int EXTERNAL_IDS_MAX = 20;
    public static final int CONTACTS_MAX = 20;
    public static final int ATTRIBUTES_MAX = 200;
    public static final int ATTRIBUTE_TEXT_MAX = 2_000;
    static final int LOCALE_MAX = 35;

    /** No colon, because a path says {@code source:id}. */
    public static final String SOURCE = "[A-Za-z0-9][A-Za-z0-9._-]*";

    private Text() {}
}
