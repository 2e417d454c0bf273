package dev.kith.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every verb of {@link Crm} in use: what its documentation shows stands in here. */
abstract class Verbs implements CrmPlugin {

    static final Permission READ = new Permission("warranty:read", "See claims");
    static final Permission WRITE = new Permission("warranty:write", "Open and settle claims");

    @Nullable Audience loyal;
    @Nullable Condition grave;

    record Config(@Nullable Integer months) {}

    record NewClaim(CustomerId customerId, @Personal String text) {
        static final NewClaim EXAMPLE = new NewClaim(new CustomerId(new UUID(0, 1)), "It leaks");
    }

    record Claim(UUID id, CustomerId customerId, @Personal String text, String state) {}

    record Verdict(String state) {}

    record Terms(int months) {}

    record Purchase(@Nullable String orderId) {}

    record Settled(UUID claimId) {}

    record Inspected(UUID claimId, String result) {}

    record Key(UUID claimId) {}

    record Visitor(@Personal String text) {}

    enum State {
        OPEN,
        SETTLED
    }

    @Override
    public void register(Crm crm) {
        var config = crm.config(Config.class);
        keep(config);
        crm.get("/claims/{claim}", READ, Claim.class, this::find).summary("Shows a claim.");
        crm.list("/claims", READ, Claim.class, this::list)
                .summary("Lists claims, the newest first.")
                .query("state", State.class, "Only those in this state");
        crm.post("/claims", WRITE, NewClaim.class, Claim.class, this::open)
                .summary("Opens a claim.")
                .example(NewClaim.EXAMPLE);
        crm.action("/claims/{claim}/reopen", WRITE, Claim.class, this::reopen)
                .summary("Opens a claim again.");
        crm.action("/claims/{claim}/settle", WRITE, Verdict.class, Claim.class, this::settle)
                .summary("Settles a claim.")
                .example(new Verdict("repaired"));
        crm.put("/terms/{product}", WRITE, Terms.class, Terms.class, this::replace)
                .summary("Says how long a product's warranty lasts.")
                .example(new Terms(24));
        crm.patch("/claims/{claim}", WRITE, NewClaim.class, Claim.class, this::lock, this::save)
                .summary("Changes a claim.")
                .example(Map.of("text", "It leaks badly"));
        crm.delete("/terms/{product}", WRITE, this::remove).summary("Forgets a product.");
        crm.lines("/claims/import", WRITE, NewClaim.class, Claim.class, importing())
                .summary("Takes in claims of another system, a line each.")
                .example(NewClaim.EXAMPLE);
        crm.publicGet("/terms/{product}", Terms.class, this::terms)
                .summary("How long a product's warranty lasts.");
        crm.publicPost("/claims", NewClaim.class, Claim.class, this::open)
                .summary("Opens a claim from a product's own page.")
                .example(NewClaim.EXAMPLE);
        crm.publishes("claim.settled", Settled.class);
        crm.accepts("device.inspected", Inspected.class);
        crm.on("purchase.completed", Purchase.class, "begin", this::begin);
        crm.onBatch("purchase.completed", Purchase.class, "count", this::count)
                .fromBeginning()
                .batchMax(500);
        crm.sends("register", Key.class, (id, key) -> tellTheMaker(id, key));
        crm.sends("invite", Key.class, new Invitation());
        crm.timer("end", Key.class, this::end);
        crm.every(Duration.ofHours(1), "forget", this::forget);
        crm.fact("claims", Long.class, "Claims that are open", this::count);
        loyal = crm.audience("loyalty.points > 500 && \"vip\" in customer.tags");
        grave = crm.condition("claim.cost > 100", "claim", Map.of("cost", Long.class));
        crm.personalData(this::export, this::erase);
        crm.merges(this::merge, this::unmerge);
        crm.icon(Icon.STAR);
        crm.page("/", READ, "warranty.title", this::overview);
        crm.customerPanel(READ, "warranty.panel", this::panel);
        crm.card(READ, "warranty.open", this::overview);
        crm.publicPage("/thanks", "warranty.thanks", this::thanks);
        crm.publicForm("/", Visitor.class, "warranty.claim", this::form, this::submit);
    }

    abstract void keep(Config config);

    abstract Claim find(Read read, Request request);

    abstract Page<Claim> list(Read read, Request request);

    abstract Claim open(Transaction tx, Request request, NewClaim input);

    abstract Claim reopen(Transaction tx, Request request);

    abstract Claim settle(Transaction tx, Request request, Verdict verdict);

    abstract Terms replace(Transaction tx, Request request, Terms terms);

    abstract Stored<NewClaim> lock(Transaction tx, Request request);

    abstract Claim save(Transaction tx, Request request, NewClaim whole);

    abstract void remove(Transaction tx, Request request);

    abstract Crm.Lines<NewClaim, NewClaim, Claim> importing();

    abstract Terms terms(Read read, Request request);

    abstract void begin(Transaction tx, Event<Purchase> event);

    abstract void count(Transaction tx, List<Event<Purchase>> events);

    abstract void tellTheMaker(UUID id, Key key);

    abstract void end(Transaction tx, Key key);

    abstract void forget(Transaction tx);

    abstract Map<CustomerId, Long> count(Read read, Set<CustomerId> customers);

    abstract Object export(Read read, CustomerId customer);

    abstract void erase(Transaction tx, CustomerId customer);

    abstract void merge(Transaction tx, CustomerId from, CustomerId into);

    abstract void unmerge(Transaction tx, CustomerId from, CustomerId into);

    abstract View overview(Read read, Request request);

    abstract View panel(Read read, CustomerId customer);

    abstract View thanks(Read read, Request request);

    abstract View form(Read read, Request request);

    abstract String submit(Transaction tx, Request request, Visitor visitor);

    static final class Invitation implements Crm.Effect<Key, String, Instant> {

        @Override
        public Optional<String> decide(Transaction tx, Key key) {
            return Optional.of("https://example.com/" + key.claimId());
        }

        @Override
        public Instant act(String address) {
            return Instant.EPOCH;
        }

        @Override
        public void conclude(Transaction tx, Key key, Instant at) {}
    }
}
