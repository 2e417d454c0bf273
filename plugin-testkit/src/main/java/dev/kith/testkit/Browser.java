package dev.kith.testkit;

/**
 * A real browser before the server, as a reader has it. Immutable: each verb answers another one.
 * The pages it opens stand in {@link Tab}.
 *
 * {@snippet :
 * try (var tab = crm.browser().in("zh-CN").onPhone().tab()) {
 *     tab.open("/console/warranty");
 *     assertThat(tab.complaints()).isEmpty();
 * }
 * }
 *
 * @param language what the reader prefers, such as {@code zh-CN}
 * @param width in CSS pixels
 * @param signedIn as an administrator, by a one-time link as people do
 */
public record Browser(TestCrm crm, String language, int width, boolean dark, boolean signedIn) {

    private static final int DESK = 1280;
    private static final int PHONE = 390;

    static Browser of(TestCrm crm) {
        return new Browser(crm, "en", DESK, false, true);
    }

    /** For a reader of that language. */
    public Browser in(String other) {
        return new Browser(crm, other, width, dark, signedIn);
    }

    /** As wide as a phone. */
    public Browser onPhone() {
        return new Browser(crm, language, PHONE, dark, signedIn);
    }

    /** For a reader who has chosen dark pages. */
    public Browser inTheDark() {
        return new Browser(crm, language, width, true, signedIn);
    }

    /** For somebody without a session. */
    public Browser signedOut() {
        return new Browser(crm, language, width, dark, false);
    }

    /** A new tab with cookies of its own. */
    public Tab tab() {
        var tab = new Tab(this);
        if (signedIn) {
            tab.open(crm.admin().post("/login-links").expect(200).text("/path"));
        }
        return tab;
    }
}
