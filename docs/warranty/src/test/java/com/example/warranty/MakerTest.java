package com.example.warranty;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.kith.testkit.TestCrm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With a maker that wants to know of every warranty. */
final class MakerTest {

    private static final List<String> told = new CopyOnWriteArrayList<>();
    private static final HttpServer maker = maker();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPlugin()
                    .set("months", 12)
                    .set("maker", "http://localhost:" + maker.getAddress().getPort());

    @Test
    void the_maker_is_told_once_of_a_new_warranty() {
        var order = Map.of("orderId", "o-1");
        var purchase = crm.publish("purchase.completed", crm.customer(), order);
        var begun = crm.after(purchase).expect("warranty.begun");
        assertThat(told).singleElement().asString().contains(begun.text("/coverId"));
    }

    @Test
    void a_setting_says_how_long_a_warranty_lasts() {
        var terms = crm.as("warranty:read").get("/warranty/terms").expect(200);
        assertThat(terms.number("/months")).isEqualTo(12);
    }

    private static HttpServer maker() {
        try {
            var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var server = HttpServer.create(here, 0);
            server.createContext(
                    "/",
                    call -> {
                        told.add(new String(call.getRequestBody().readAllBytes()));
                        call.sendResponseHeaders(204, -1);
                        call.close();
                    });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void close() {
        maker.stop(0);
    }
}
