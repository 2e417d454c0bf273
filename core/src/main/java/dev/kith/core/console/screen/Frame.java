package dev.kith.core.console.screen;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the layout needs around a page.
 *
 * @param path of this page, where a change of language comes back to
 * @param reader who has signed in; empty before that
 */
public record Frame(
        ReaderScreen screen,
        Assets assets,
        String title,
        String path,
        String reader,
        List<MenuItem> menu) {

    public Frame {
        menu = List.copyOf(menu);
    }

    public String otherLanguage() {
        return chinese() ? "en" : "zh-CN";
    }

    /** In itself, so that somebody who reads only that one finds it. */
    public String otherLanguageName() {
        return chinese() ? "English" : "中文";
    }

    public String otherLanguageUrl() {
        return "/console/language/"
                + otherLanguage()
                + "?back="
                + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    private boolean chinese() {
        return screen.locale().getLanguage().equals("zh");
    }
}
