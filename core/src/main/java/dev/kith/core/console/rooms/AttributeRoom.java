package dev.kith.core.console.rooms;

import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.core.call.Codes;
import dev.kith.core.console.PageRequest;
import dev.kith.core.customers.AttributeType;
import dev.kith.core.customers.CustomersPlugin;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an operator wants to know of customers beyond what everybody does. */
final class AttributeRoom {

    private static final List<String> TYPES =
            Stream.of(AttributeType.values()).map(type -> Codes.lowerCamel(type.name())).toList();

    private final CustomersPlugin customers;

    AttributeRoom(CustomersPlugin customers) {
        this.customers = customers;
    }

    View show(Read read, Request request) {
        var all = customers.attributes(read, ((PageRequest) request).whole());
        return new View(
                "console/attributes.jte",
                Map.of(
                        "definitions",
                        all.items(),
                        "types",
                        TYPES,
                        "manage",
                        request.may(CustomersPlugin.DEFINE)));
    }
}
