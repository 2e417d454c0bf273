package dev.kith.core.access;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Page;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import dev.kith.core.call.CoreRequest;
import dev.kith.core.call.ShownOnce;
import dev.kith.core.database.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Supplier;

/** Keys, links into the console, and who changed what. */
public final class AccessPlugin implements CrmPlugin {

    public static final Permission READ_KEYS =
            new Permission("keys:read", "See API keys and the list of permissions");
    public static final Permission WRITE_KEYS =
            new Permission("keys:write", "Make and revoke API keys");
    static final Permission SIGN_IN =
            new Permission("console:admit", "Make one-time links into the console");
    static final Permission READ_AUDIT = new Permission("audit:read", "See who changed what");

    private final Access access;
    private final Keys keys;
    private final Supplier<? extends Collection<Permission>> permissions;

    /**
     * @param permissions every permission that a mounted route or page asks for
     */
    public AccessPlugin(
            Access access,
            Supplier<? extends Collection<Permission>> permissions,
            ReservedNames reserved) {
        this.access = access;
        this.keys = new Keys(access, reserved);
        this.permissions = permissions;
    }

    @Override
    public void register(Crm crm) {
        crm.post("/keys", WRITE_KEYS, NewKey.class, CreatedKey.class, keys::create)
                .summary("Make an API key; its secret is shown this once")
                .example(NewKey.EXAMPLE)
                .fails(AccessError.values());
        crm.list("/keys", READ_KEYS, KeyView.class, keys::list).summary("List API keys");
        crm.action("/keys/{key}/revoke", WRITE_KEYS, KeyView.class, keys::revoke)
                .summary("Revoke an API key for good");
        crm.list("/permissions", READ_KEYS, PermissionView.class, this::permissions)
                .summary("List every permission that a key can be given");
        crm.action("/login-links", SIGN_IN, LoginLink.class, this::link)
                .summary(
                        "Make a one-time link into the console, good for 15 minutes and what you may do");
        crm.list("/audit", READ_AUDIT, AuditView.class, new AuditTrail()::list)
                .query("customerId", UUID.class, "Only what concerns this customer")
                .query("actor", String.class, "Only by this actor, such as key:till-7")
                .query("at.from", Instant.class, "Not before")
                .query("at.to", Instant.class, "Before")
                .summary("List who changed what, latest first");
        Leftovers.register(crm);
    }

    public record PermissionView(String name, String meaning) {}

    /** The path of the console's sign-in page, to be put behind the server's address. */
    record LoginLink(String path, Instant expiresAt) implements ShownOnce {}

    /** The list as the API gives it, for the console. */
    public Page<KeyView> keys(Read read, Request request) {
        return keys.list(read, request);
    }

    /** Every permission that a key can be given, as the API lists them. */
    public Page<PermissionView> permissions(Read read, Request request) {
        var names =
                permissions.get().stream()
                        .filter(each -> each.name().compareTo(request.after().orElse("")) > 0)
                        .sorted(Comparator.comparing(Permission::name))
                        .limit(request.limit() + 1L)
                        .map(each -> new PermissionView(each.name(), each.meaning()))
                        .toList();
        return Page.of(names, request.limit(), PermissionView::name);
    }

    private LoginLink link(Transaction tx, Request request) {
        var maker = ((CoreRequest) request).principal();
        var token = access.sessions().makeLink((Tx) tx, maker);
        return new LoginLink(Sessions.path(token), tx.now().plus(Sessions.LINK_FOR));
    }
}
