package dev.kith.core.console;

import dev.kith.api.Screen;
import dev.kith.api.View;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The compiled templates of one area, found through its own class loader and let go with it. */
final class Templates {

    private final ClassLoader loader;
    private final Map<String, TemplateEngine> engines = new ConcurrentHashMap<>();

    Templates(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Renders to the end before a byte is sent, so that what fails leaves no half a page.
     *
     * @param handler what answered the view; says in whose package the template is
     */
    String render(Object handler, View view, Screen screen) {
        var parameters = new HashMap<>(view.parameters());
        parameters.put("screen", screen);
        return render(handler.getClass(), view.template(), parameters);
    }

    String render(Class<?> declaring, String template, Map<String, Object> parameters) {
        var output = new StringOutput();
        engine(declaring, template).render(template, parameters, output);
        return output.toString();
    }

    private TemplateEngine engine(Class<?> declaring, String template) {
        return engines.computeIfAbsent(
                declaring.getPackageName(), packageName -> find(packageName, template));
    }

    /** The build puts templates into the package {@code jte} beside the plugin's class or above. */
    private TemplateEngine find(String packageName, String template) {
        for (var name = packageName; ; name = name.substring(0, name.lastIndexOf('.'))) {
            var engine = create(name + ".jte");
            if (engine.hasTemplate(template)) {
                return engine;
            }
            if (name.indexOf('.') < 0) {
                throw new IllegalArgumentException("there is no template " + template);
            }
        }
    }

    // Without a folder of classes JTE takes the loader of the thread, and that one alone.
    private TemplateEngine create(String packageName) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return TemplateEngine.createPrecompiled(null, ContentType.Html, loader, packageName);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
