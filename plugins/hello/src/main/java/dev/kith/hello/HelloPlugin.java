package dev.kith.hello;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;

/** The smallest plugin: one route and one page. */
public final class HelloPlugin implements CrmPlugin {

    static final Permission READ = new Permission("hello:read", "Be greeted");

    record Greeting(String text) {}

    @Override
    public void register(Crm crm) {
        crm.get("/greetings/{name}", READ, Greeting.class, this::greet)
                .summary("Greets whoever is named.");
        crm.page("/", READ, "hello.title", this::page);
    }

    Greeting greet(Read read, Request request) {
        return new Greeting("Hello, " + request.path("name") + "!");
    }

    View page(Read read, Request request) {
        return View.of("hello.jte", "name", read.actor().name());
    }
}
