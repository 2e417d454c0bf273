package dev.kith.testkit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What {@code /metrics} says of a plugin. */
final class Measure {

    private Measure() {}

    static double of(TestCrm crm, String name, String plugin) throws Exception {
        var uri = URI.create(crm.node().address() + "/metrics");
        var text =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(uri).build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        var begin = "%s{plugin=\"%s\"}".formatted(name, plugin);
        return text.lines()
                .filter(line -> line.startsWith(begin))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in\n" + text));
    }
}
