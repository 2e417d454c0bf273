package dev.kith.testkit.jte;

import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A template as JTE compiles one, for {@code gallery.jte}: the version that shows it. */
public final class JtegalleryGenerated {

    public static final String JTE_NAME = "gallery.jte";

    private JtegalleryGenerated() {}

    public static void render(
            HtmlTemplateOutput output, @Nullable HtmlInterceptor interceptor, String version) {
        output.writeContent("<p>pictures of ");
        output.setContext("p", null);
        output.writeUserContent(version);
        output.writeContent("</p>");
    }

    public static void renderMap(
            HtmlTemplateOutput output,
            @Nullable HtmlInterceptor interceptor,
            Map<String, Object> parameters) {
        render(output, interceptor, String.valueOf(parameters.get("version")));
    }
}
