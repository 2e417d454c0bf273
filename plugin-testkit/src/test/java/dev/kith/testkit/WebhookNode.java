package dev.kith.testkit;

import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.server.Node;
import dev.kith.core.settings.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A server in a process of its own, for a test that kills it. */
final class WebhookNode {

    private WebhookNode() {}

    public static void main(String[] arguments) throws Exception {
        var address = new DatabaseAddress(arguments[0], arguments[1], arguments[2]);
        var settings =
                Settings.of(
                        Map.of(
                                "http.port", "0",
                                "data.dir", arguments[3],
                                "webhooks.privateAddresses", "true"));
        var clock = Clock.systemUTC();
        var node = Node.start(new Node.Start(settings, clock, List.of(), address));
        System.in.read();
        node.close();
    }
}
