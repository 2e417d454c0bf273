package dev.kith.api;

/**
 * The one interface a plugin implements. The class needs a public constructor without arguments.
 *
 * {@snippet :
 * public final class HelloPlugin implements CrmPlugin {
 *     static final Permission READ = new Permission("hello:read", "Be greeted");
 *
 *     @Override
 *     public void register(Crm crm) {
 *         crm.get("/greetings/{name}", READ, Greeting.class, this::greet);
 *     }
 *
 *     Greeting greet(Read read, Request request) {
 *         return new Greeting("Hello, " + request.path("name"));
 *     }
 * }
 * }
 */
public interface CrmPlugin {

    /**
     * Declares what the plugin adds. Called once each time the plugin is switched on, after its
     * migrations. Nothing is live until it returns; if it throws, nothing stays registered.
     */
    void register(Crm crm);

    /**
     * Lets go of what the plugin itself holds, such as an HTTP client. Most hold nothing. Called as
     * well when {@code register} has thrown or something of it was refused, so it may find nothing.
     */
    default void stop() {}
}
