package dev.kith.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** A tab of a browser: opens pages, and keeps what the browser complained of on the way. */
public final class Tab implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int HEIGHT = 800;
    private static final int HEIGHT_MAX = 4000;
    private static final long UNTIL_WITHIN_NANOS = 30_000_000_000L;

    /** Scripts, swaps and drawings that follow from what was loaded have two frames for it. */
    private static final String PAINTED =
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
                    + " setTimeout(done, 0))))";

    private final DevTools devTools = Chromium.devTools();
    private final Browser browser;
    private final String context;
    private final String session;
    private final Goings goings;

    Tab(Browser browser) {
        this.browser = browser;
        context =
                devTools.call("Target.createBrowserContext", DevTools.json())
                        .path("browserContextId")
                        .asText();
        var blank = DevTools.json().put("url", "about:blank").put("browserContextId", context);
        var target = devTools.call("Target.createTarget", blank).path("targetId").asText();
        var attach = DevTools.json().put("targetId", target).put("flatten", true);
        session = devTools.call("Target.attachToTarget", attach).path("sessionId").asText();
        goings = new Goings(this::dismiss);
        devTools.listen(session, goings);
        for (var domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", DevTools.json());
        }
        dress();
    }

    private void dress() {
        var headers = DevTools.json();
        headers.putObject("headers").put("Accept-Language", browser.language());
        call("Network.setExtraHTTPHeaders", headers);
        size(HEIGHT);
        var media = DevTools.json();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", browser.dark() ? "dark" : "light");
        call("Emulation.setEmulatedMedia", media);
    }

    private void size(int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                DevTools.json()
                        .put("width", browser.width())
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
    }

    /**
     * Opens a page and waits until it, its panels and its charts are there.
     *
     * @param path on the server, such as {@code /console/loyalty}
     */
    public Tab open(String path) {
        goings.begin();
        var url = browser.crm().node().address().resolve(path).toString();
        var answer = call("Page.navigate", DevTools.json().put("url", url));
        if (answer.has("errorText")) {
            throw new AssertionError(path + ": " + answer.get("errorText").asText());
        }
        return settled();
    }

    /** Waits until what was set going by a click or a key has come to rest. */
    public Tab settled() {
        do {
            goings.awaitRest();
            painted();
        } while (!goings.atRest());
        return this;
    }

    /** Waits until an expression is true in the page, whatever pages come and go meanwhile. */
    public Tab until(String condition) {
        var deadline = System.nanoTime() + UNTIL_WITHIN_NANOS;
        while (!isTrue(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never came true: " + condition);
            }
            settled();
        }
        return settled();
    }

    private boolean isTrue(String condition) {
        var asked = DevTools.json().put("expression", "Boolean(%s)".formatted(condition));
        return devTools.send(session, "Runtime.evaluate", asked)
                .join()
                .at("/result/result/value")
                .asBoolean();
    }

    // A page that is left meanwhile does not answer; the next one is waited for then.
    private void painted() {
        var paint = DevTools.json().put("expression", PAINTED).put("awaitPromise", true);
        devTools.send(session, "Runtime.evaluate", paint).join();
    }

    /** Answers yes to the next question that the page asks. */
    public Tab agree() {
        goings.expectDialog();
        return this;
    }

    /** The HTTP status of the page. */
    public int status() {
        return goings.status();
    }

    /** Errors in the console, refusals of the content policy, dialogs, scripts that failed. */
    public List<String> complaints() {
        return goings.complaints();
    }

    /** What an expression comes to in the page; a promise is waited for. */
    public JsonNode evaluate(String script) {
        var parameters =
                DevTools.json()
                        .put("expression", script)
                        .put("awaitPromise", true)
                        .put("returnByValue", true);
        var answer = call("Runtime.evaluate", parameters);
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(script + ": " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** The text of the first element that matches; empty where none does. */
    public String text(String selector) {
        return evaluate(
                        "document.querySelector(%s)?.textContent.trim() ?? ''"
                                .formatted(quoted(selector)))
                .asText();
    }

    /** How many elements match. */
    public int count(String selector) {
        return evaluate("document.querySelectorAll(%s).length".formatted(quoted(selector))).asInt();
    }

    /** Clicks on an element, and waits for what follows. */
    public Tab click(String selector) {
        evaluate("void document.querySelector(%s).click()".formatted(quoted(selector)));
        return settled();
    }

    /** Puts the cursor into a field. */
    public Tab focus(String selector) {
        evaluate("document.querySelector(%s).focus()".formatted(quoted(selector)));
        return this;
    }

    /** Types into whatever has the focus. */
    public Tab type(String text) {
        call("Input.insertText", DevTools.json().put("text", text));
        return settled();
    }

    /** Presses a key, such as {@code Tab}, {@code Enter} or {@code /}. */
    public Tab press(String key) {
        for (var type : List.of("keyDown", "keyUp")) {
            var event = DevTools.json().put("type", type).put("key", key);
            code(event, key);
            call("Input.dispatchKeyEvent", event);
        }
        return settled();
    }

    private static void code(ObjectNode event, String key) {
        switch (key) {
            case "Tab" -> event.put("code", key).put("windowsVirtualKeyCode", 9);
            case "Enter" ->
                    event.put("code", key).put("windowsVirtualKeyCode", 13).put("text", "\r");
            default -> event.put("text", key);
        }
    }

    /** Keeps a picture of the whole page as {@code target/screenshots/<name>.png}. */
    public Path screenshot(String name) {
        var height = evaluate("document.documentElement.scrollHeight").asInt();
        size(Math.clamp(height, HEIGHT, HEIGHT_MAX));
        settled();
        var answer = call("Page.captureScreenshot", DevTools.json().put("format", "png"));
        size(HEIGHT);
        var file = SCREENSHOTS.resolve(name + ".png");
        try {
            Files.createDirectories(SCREENSHOTS);
            return Files.write(file, Base64.getDecoder().decode(answer.path("data").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        devTools.forget(session);
        devTools.call(
                "Target.disposeBrowserContext", DevTools.json().put("browserContextId", context));
    }

    private JsonNode call(String method, ObjectNode parameters) {
        return devTools.call(session, method, parameters);
    }

    private void dismiss() {
        var accept = DevTools.json().put("accept", goings.accepts());
        var _ = devTools.send(session, "Page.handleJavaScriptDialog", accept);
    }

    private static String quoted(String text) {
        return DevTools.json().textNode(text).toString();
    }
}
