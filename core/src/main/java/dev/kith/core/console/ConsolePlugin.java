package dev.kith.core.console;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.plugins.PluginsPlugin;
import java.util.function.Supplier;

/** Core's own rooms of the console, declared as a plugin declares its pages. */
public final class ConsolePlugin implements CrmPlugin {

    static final Permission ENTER = new Permission("console:read", "Enter the console");

    private final Rooms rooms;
    private final PluginRoom plugins;

    public ConsolePlugin(Console console, Supplier<PluginHost> host) {
        this.rooms = console.rooms();
        this.plugins = new PluginRoom(host);
    }

    @Override
    public void register(Crm crm) {
        crm.page("/", ENTER, "console.home", this::home);
        crm.page("/plugins", PluginsPlugin.READ, "console.plugins", plugins::show);
    }

    View home(Read read, Request request) {
        return View.of("console/home.jte", "cards", rooms.cards(request));
    }
}
