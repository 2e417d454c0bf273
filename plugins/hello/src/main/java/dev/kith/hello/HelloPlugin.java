package dev.kith.hello;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Icon;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import dev.kith.api.View;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URLEncoder;

/** The smallest plugin: one route, one page, and a door for visitors. */
public final class HelloPlugin implements CrmPlugin {

    static final Permission READ = new Permission("hello:read", "Be greeted");

    record Greeting(String text) {}

    record Visitor(@NotBlank @Size(max = 100) String name) {}

    @Override
    public void register(Crm crm) {
        crm.get("/greetings/{name}", READ, Greeting.class, this::greet)
                .summary("Greets whoever is named.");
        crm.icon(Icon.SMILE);
        crm.page("/", READ, "hello.title", this::page);
        crm.publicForm("/", Visitor.class, "hello.door", this::door, this::ring);
        crm.publicPage("/{name}", "hello.title", this::welcome);
    }

    Greeting greet(Read read, Request request) {
        return new Greeting("Hello, " + request.path("name") + "!");
    }

    View page(Read read, Request request) {
        return View.of("hello.jte", "name", read.actor().name());
    }

    View door(Read read, Request request) {
        return View.of("door.jte");
    }

    String ring(Transaction tx, Request request, Visitor visitor) {
        return "/public/hello/" + URLEncoder.encode(visitor.name(), UTF_8).replace("+", "%20");
    }

    View welcome(Read read, Request request) {
        return View.of("hello.jte", "name", request.path("name"));
    }
}
