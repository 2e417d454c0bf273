package dev.kith.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What goes on in a tab: requests under way, the page's status, and all that went wrong. */
final class Goings implements BiConsumer<String, JsonNode> {

    private static final long REST_WITHIN_NANOS = 60_000_000_000L;

    private final Map<String, String> underWay = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final Runnable dismiss;
    private boolean loaded = true;
    private boolean expectsDialog;
    private int status;

    /**
     * @param dismiss closes a dialog, which would hold the page up
     */
    Goings(Runnable dismiss) {
        this.dismiss = dismiss;
    }

    synchronized void begin() {
        loaded = false;
        underWay.clear();
        complaints.clear();
        status = 0;
    }

    /** The next dialog is a question that the test says yes to. */
    synchronized void expectDialog() {
        expectsDialog = true;
    }

    synchronized boolean accepts() {
        var accepts = expectsDialog;
        expectsDialog = false;
        return accepts;
    }

    synchronized int status() {
        return status;
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    synchronized boolean atRest() {
        return loaded && underWay.isEmpty();
    }

    synchronized void awaitRest() {
        var deadline = System.nanoTime() + REST_WITHIN_NANOS;
        while (!atRest()) {
            var leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new AssertionError("the page does not come to rest: " + underWay.values());
            }
            try {
                wait(leftMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public synchronized void accept(String what, JsonNode about) {
        switch (what) {
            // In pairs, also where only the address changes and no page is loaded.
            case "Page.frameStartedLoading" -> loaded = false;
            case "Page.frameStoppedLoading" -> loaded = true;
            case "Page.javascriptDialogOpening" -> dialog(about);
            case "Network.requestWillBeSent" -> request(about);
            case "Network.loadingFinished", "Network.loadingFailed" ->
                    underWay.remove(about.path("requestId").asText());
            case "Network.responseReceived" -> response(about);
            case "Log.entryAdded" -> entry(about.path("entry"));
            case "Runtime.consoleAPICalled" -> said(about);
            case "Runtime.exceptionThrown" ->
                    complaints.add("a script failed: " + about.path("exceptionDetails"));
            default -> {
                return;
            }
        }
        notifyAll();
    }

    private void dialog(JsonNode about) {
        if (!expectsDialog) {
            complaints.add("a dialog opened: " + about.path("message").asText());
        }
        dismiss.run();
    }

    // A stream of events never comes to its end, and what the browser wants for itself, such as the
    // icon of its tab, it may drop without a word.
    private void request(JsonNode about) {
        var url = about.path("request").path("url").asText();
        var type = about.path("type").asText();
        if (!type.equals("EventSource") && !type.equals("Other") && !url.startsWith("data:")) {
            underWay.put(about.path("requestId").asText(), url);
        }
    }

    private void response(JsonNode about) {
        if (about.path("type").asText().equals("Document")) {
            status = about.path("response").path("status").asInt();
        }
    }

    private void entry(JsonNode entry) {
        if (entry.path("level").asText().equals("error")) {
            complaints.add(
                    "%s: %s %s"
                            .formatted(
                                    entry.path("source").asText(),
                                    entry.path("text").asText(),
                                    entry.path("url").asText()));
        }
    }

    private void said(JsonNode about) {
        if (about.path("type").asText().equals("error")) {
            complaints.add("console: " + about.path("args"));
        }
    }
}
