package dev.kith.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of {@link CrmPlugin#register}: each declares one thing, the server wires it, and unwires
 * it when the plugin is switched off. Calling a verb after {@code register} has returned throws
 * {@link IllegalStateException}.
 *
 * <p>Paths are relative to the plugin: {@code "/accounts/{customer}"} of the plugin {@code loyalty}
 * is {@code /api/v1/loyalty/accounts/{customer}}. Path variables are read with {@link Request}.
 *
 * <p>What is named (subscriptions, senders, timers, jobs, facts) is named in lowerCamel and without
 * the plugin: {@code begin}, {@code endTrial}. A name has up to 60 letters, digits and hyphens, the
 * first of them a small letter, and no dot; the server puts the plugin before it. No two of a kind
 * have the same name. Topics are of the form {@code noun.participle}, such as {@code claim.settled}.
 * A plugin that names something otherwise does not start, and is told all that is wrong at once.
 *
 * {@snippet :
 * public void register(Crm crm) {
 *     crm.post("/claims", WRITE, NewClaim.class, Claim.class, claims::open)
 *             .summary("Opens a claim.")
 *             .example(NewClaim.EXAMPLE);
 *     crm.on("purchase.completed", Purchase.class, "begin", claims::begin);
 *     crm.page("/", READ, "warranty.title", pages::overview);
 *     crm.personalData(claims::export, claims::erase);
 * }
 * }
 */
public interface Crm {

    /**
     * This plugin's settings ({@code plugins.<id>} in {@code config/kith.yaml}), decoded strictly and
     * validated. A wrong or unknown setting keeps the plugin from starting and names the place.
     *
     * {@snippet :
     * var config = crm.config(Config.class);
     * }
     */
    <T extends Record> T config(Class<T> type);

    // Routes. Each needs a permission; the input is decoded strictly and validated before the
    // handler runs; a writing route runs in exactly one transaction.

    /**
     * A read by key: 200 with {@code out}. An answer that is {@link Versioned} carries an ETag.
     *
     * {@snippet :
     * crm.get("/claims/{claim}", READ, Claim.class, this::find).summary("Shows a claim.");
     * }
     */
    <O> Route get(String path, Permission permission, Class<O> out, Get<O> handler);

    /**
     * A list: 200 with {@code {items, next}}; {@code limit}, {@code after} and {@code sort} come with
     * it, filters are declared with {@link Route#query}.
     *
     * {@snippet :
     * crm.list("/claims", READ, Claim.class, this::list)
     *         .summary("Lists claims, the newest first.")
     *         .query("state", State.class, "Only those in this state");
     * }
     */
    <O> Route list(String path, Permission permission, Class<O> item, Get<Page<O>> handler);

    /**
     * Creates: 201 with {@code out}. Accepts an {@code Idempotency-Key}.
     *
     * {@snippet :
     * crm.post("/claims", WRITE, NewClaim.class, Claim.class, this::open)
     *         .summary("Opens a claim.")
     *         .example(NewClaim.EXAMPLE);
     * }
     */
    <I, O> Route post(
            String path, Permission permission, Class<I> in, Class<O> out, Write<I, O> handler);

    /**
     * A verb on a thing, such as {@code /holds/{hold}/capture}: POST without a body, 200 with {@code
     * out}. Accepts an {@code Idempotency-Key}.
     *
     * {@snippet :
     * crm.action("/claims/{claim}/reopen", WRITE, Claim.class, this::reopen)
     *         .summary("Opens a claim again.");
     * }
     */
    <O> Route action(String path, Permission permission, Class<O> out, Act<O> handler);

    /**
     * A verb on a thing that needs a body: 200 with {@code out}.
     *
     * {@snippet :
     * crm.action("/claims/{claim}/settle", WRITE, Verdict.class, Claim.class, this::settle)
     *         .summary("Settles a claim.")
     *         .example(new Verdict("repaired"));
     * }
     */
    <I, O> Route action(
            String path, Permission permission, Class<I> in, Class<O> out, Write<I, O> handler);

    /**
     * Creates or replaces under a name the caller chose, safe to repeat: 200, or 201 if made.
     *
     * {@snippet :
     * crm.put("/terms/{product}", WRITE, Terms.class, Terms.class, this::replace)
     *         .summary("Says how long a product's warranty lasts.")
     *         .example(new Terms(24));
     * }
     */
    <I, O> Route put(
            String path, Permission permission, Class<I> in, Class<O> out, Write<I, O> handler);

    /**
     * Changes a part (RFC 7396 merge patch, {@code If-Match} required). The server locks and reads
     * {@code current}, compares the version, merges the JSON onto it, decodes and validates the
     * whole, and calls {@code save}; so no handler meets "absent or null?".
     *
     * {@snippet :
     * crm.patch("/claims/{claim}", WRITE, NewClaim.class, Claim.class, this::lock, this::save)
     *         .summary("Changes a claim.")
     *         .example(Map.of("text", "It leaks badly"));
     * }
     */
    <I, O> Route patch(
            String path,
            Permission permission,
            Class<I> in,
            Class<O> out,
            Current<I> current,
            Write<I, O> save);

    /**
     * Removes: 204 without a body. Removing what is already gone is a 404 {@code notFound}.
     *
     * {@snippet :
     * crm.delete("/terms/{product}", WRITE, this::remove).summary("Forgets a product.");
     * }
     */
    Route delete(String path, Permission permission, Remove handler);

    /**
     * A stream of lines (NDJSON in, NDJSON out): one answer per line, in order, each applied or
     * refused on its own. Lines are prepared together and committed shard by shard.
     *
     * {@snippet :
     * crm.lines("/claims/import", WRITE, NewClaim.class, Claim.class, importing())
     *         .summary("Takes in claims of another system, a line each.")
     *         .example(NewClaim.EXAMPLE);
     * }
     */
    <I, L, O> Route lines(
            String path, Permission permission, Class<I> in, Class<O> out, Lines<I, L, O> handler);

    /**
     * A read without a key below {@code /public/<plugin>}, always with a rate limit.
     *
     * {@snippet :
     * crm.publicGet("/terms/{product}", Terms.class, this::terms)
     *         .summary("How long a product's warranty lasts.");
     * }
     */
    <O> Route publicGet(String path, Class<O> out, Get<O> handler);

    /**
     * A write without a key below {@code /public/<plugin>}, always with a rate limit.
     *
     * {@snippet :
     * crm.publicPost("/claims", NewClaim.class, Claim.class, this::open)
     *         .summary("Opens a claim from a product's own page.")
     *         .example(NewClaim.EXAMPLE);
     * }
     */
    <I, O> Route publicPost(String path, Class<I> in, Class<O> out, Write<I, O> handler);

    // Events.

    /**
     * Owns a topic that this plugin publishes, and declares the shape of its payload. A topic has one
     * owner: a plugin that declares one of another does not start.
     *
     * {@snippet :
     * crm.publishes("claim.settled", Settled.class);
     * }
     */
    void publishes(String topic, Class<? extends Record> payload);

    /**
     * Owns a topic that comes from outside: what enters is checked against this shape.
     *
     * {@snippet :
     * crm.accepts("device.inspected", Inspected.class);
     * }
     */
    void accepts(String topic, Class<? extends Record> payload);

    /**
     * Handles every event of a topic, in order per customer, each with effects exactly once. The
     * payload is the consumer's own record, read tolerantly.
     *
     * <p>Events come in transactions of up to {@link Subscription#batchMax}, which may take 60 seconds
     * and are interrupted then. One that fails is rolled back and run again event by event. The event
     * that fails alone is set aside, and later ones of its customer wait behind it. It is tried again
     * after 1 second, 5 seconds, 30 seconds, 2 minutes, 10 minutes, 1 hour and 6 hours, and then
     * parked for the operator. After 10 failures in a row the subscription rests for a minute. For a
     * deadlock or a lost connection no event is blamed.
     *
     * @param topic also one that nobody has declared (yet)
     * @param name identifies the cursor, and must never change
     *
     * {@snippet :
     * crm.on("purchase.completed", Purchase.class, "begin", this::begin);
     * }
     */
    <T> Subscription on(String topic, Class<T> payload, String name, On<T> handler);

    /**
     * As {@link #on}, but many events of several customers at once, for set-based SQL. The list is
     * never empty; it has one element when a batch that failed is run again event by event, and at
     * most {@link Subscription#batchMax}.
     *
     * {@snippet :
     * crm.onBatch("purchase.completed", Purchase.class, "count", this::count)
     *         .fromBeginning()
     *         .batchMax(500);
     * }
     */
    <T> Subscription onBatch(String topic, Class<T> payload, String name, OnBatch<T> handler);

    /**
     * An effect outside the database, such as HTTP or mail, asked for with {@link Transaction#send}:
     * runs without a transaction, at least once, under a stable id, with retries.
     *
     * <p>One attempt may take 30 seconds and is interrupted then. What fails is tried 10 times within
     * about half an hour, first after 4 seconds, then after twice as long each time; after that it is
     * parked for the operator ({@code GET /api/v1/sends}). At most 8 run at once on each node, in no
     * order.
     *
     * {@snippet :
     * crm.sends("register", Key.class, (id, key) -> tellTheMaker(id, key));
     * }
     */
    <T> void sends(String name, Class<T> payload, Sender<T> sender);

    /**
     * As {@link #sends(String, Class, Sender)}, for an effect that must still be right when it
     * happens, and whose outcome matters: each attempt is decided in one transaction, made without
     * one, and its outcome recorded in another. The 30 seconds are for all three steps together.
     *
     * {@snippet :
     * crm.sends("invite", Key.class, new Invitation());
     * }
     */
    <T, W, O> void sends(String name, Class<T> payload, Effect<T, W, O> effect);

    // Time.

    /**
     * Runs {@code handler} when a time armed with {@link Transaction#later} has come, once. That it
     * has fired and what it did commit together.
     *
     * <p>One run may take 60 seconds and is interrupted then. What fails is rolled back and tried 8
     * times within about 20 minutes, first after 10 seconds, then after twice as long each time; after
     * that it is parked for the operator ({@code GET /api/v1/jobs}). A deadlock or a lost connection
     * does not count as a try.
     *
     * @param name must not change as long as it may be armed: one that is no longer declared fails
     *     and is parked
     * @param key what it is armed with, read tolerantly
     *
     * {@snippet :
     * crm.timer("end", Key.class, this::end);
     * }
     */
    <K> void timer(String name, Class<K> key, Timer<K> handler);

    /**
     * Runs {@code handler} again and again, once per interval over all nodes, for the first time one
     * interval after it was declared first. The next run is due one interval after the last began;
     * runs that were missed are not made up for.
     *
     * <p>One run is one transaction. It may take 60 seconds and is interrupted then, so take a bounded
     * amount of work and leave the rest to the next. One that fails is rolled back and tried again
     * after 10 seconds, then after twice as long each time, at most an hour; it is never parked.
     *
     * @param interval in whole seconds, at least one; the rest is cut off
     * @throws IllegalArgumentException if the interval is shorter than a second
     *
     * {@snippet :
     * crm.every(Duration.ofHours(1), "forget", this::forget);
     * }
     */
    void every(Duration interval, String name, Job handler);

    // Knowledge.

    /**
     * Provides a fact about customers, named {@code <plugin>.<name>}, in bulk. The provider is asked
     * about up to 10,000 customers at once, on a read-only session, and has one second to answer; if it
     * is late or fails, the fact is unknown.
     *
     * @param name in lowerCamel and without the plugin
     * @param type {@code Long}, {@code Double}, {@code Boolean}, {@code String} or {@link
     *     java.time.Instant}; with another one the plugin does not start
     * @param meaning one English phrase, for whoever writes an expression
     *
     * {@snippet :
     * crm.fact("claims", Long.class, "Claims that are open", this::count);
     * }
     */
    <T> void fact(String name, Class<T> type, String meaning, FactProvider<T> provider);

    /**
     * Compiles and type-checks a CEL expression over facts and event data, for example {@code
     * loyalty.points > 500 && "vip" in customer.tags}. A fact this customer has no value of makes a
     * comparison unknown; {@code has(surveys.lastNps)} asks whether there is one.
     *
     * <p>The one verb that may be called after {@code register} too, for expressions that operators
     * write: keep {@code crm::audience}.
     *
     * @throws Problem {@link StandardError#INVALID_EXPRESSION} with the place and the reason
     *
     * {@snippet :
     * loyal = crm.audience("loyalty.points > 500 && \"vip\" in customer.tags");
     * }
     */
    Audience audience(String expression);

    /**
     * Compiles and type-checks a CEL expression over values that the plugin has at hand, for example
     * {@code answers.recommend <= 6 && "price" in answers.reasons}. It knows nothing else, neither
     * facts nor the customer, so the same values always give the same answer. May be called after
     * {@code register} too.
     *
     * @param name what the values are called together, such as {@code answers}
     * @param types by the value's name: a type that a fact may have, or {@code List} of texts
     * @throws Problem {@link StandardError#INVALID_EXPRESSION} with the place and the reason
     *
     * {@snippet :
     * grave = crm.condition("claim.cost > 100", "claim", Map.of("cost", Long.class));
     * }
     */
    Condition condition(String expression, String name, Map<String, Class<?>> types);

    /**
     * Where this plugin keeps personal data: how to export and how to erase one customer's. A package
     * that keeps customers without saying so is refused. Core erases no customers yet; the contract
     * test of a plugin calls both.
     *
     * {@snippet :
     * crm.personalData(this::export, this::erase);
     * }
     */
    void personalData(Export export, Erase erase);

    /**
     * How this plugin's rows move when two customers turn out to be one, and back. Core merges no
     * customers yet.
     *
     * {@snippet :
     * crm.merges(this::merge, this::unmerge);
     * }
     */
    void merges(Merge merge, Merge unmerge);

    // Console.

    /**
     * What marks this plugin's pages in the menu: {@link Icon#PUZZLE} unless said.
     *
     * {@snippet :
     * crm.icon(Icon.STAR);
     * }
     */
    void icon(Icon icon);

    /**
     * A whole page of the console below {@code /console/<plugin>}, listed in the menu.
     *
     * {@snippet :
     * crm.page("/", READ, "warranty.title", this::overview);
     * }
     */
    void page(String path, Permission permission, String titleKey, PageHandler handler);

    /**
     * A panel on the customer's page. One that fails or is late becomes an error card.
     *
     * {@snippet :
     * crm.customerPanel(READ, "warranty.panel", this::panel);
     * }
     */
    void customerPanel(Permission permission, String titleKey, PanelHandler handler);

    /**
     * A card on the dashboard.
     *
     * {@snippet :
     * crm.card(READ, "warranty.open", this::overview);
     * }
     */
    void card(Permission permission, String titleKey, PageHandler handler);

    /**
     * A page without sign-in below {@code /public/<plugin>}, always with a rate limit.
     *
     * {@snippet :
     * crm.publicPage("/thanks", "warranty.thanks", this::thanks);
     * }
     */
    void publicPage(String path, String titleKey, PageHandler handler);

    /**
     * A public page that is a form, for people without an account, also without JavaScript. GET shows
     * {@code page}, whose template holds the fields and the button and gets a {@link Form} as {@code
     * form}; the server puts the form around them. POST decodes the fields as strictly as JSON
     * ({@code address.city} is a member of {@code address}, a repeated name a list, an empty field
     * none, a box that is not ticked false), validates, and calls {@code submit} in exactly one
     * transaction. What is refused shows {@code page} again with what was filled in and what is wrong
     * with it. A form that is sent twice is taken once.
     *
     * {@snippet :
     * crm.publicForm("/", Visitor.class, "warranty.claim", this::form, this::submit);
     * }
     */
    <I extends Record> void publicForm(
            String path, Class<I> in, String titleKey, PageHandler page, Submit<I> submit);

    @FunctionalInterface
    interface Get<O> {
        O get(Read read, Request request);
    }

    @FunctionalInterface
    interface Write<I, O> {
        O write(Transaction tx, Request request, I input);
    }

    @FunctionalInterface
    interface Act<O> {
        O act(Transaction tx, Request request);
    }

    @FunctionalInterface
    interface Remove {
        void remove(Transaction tx, Request request);
    }

    @FunctionalInterface
    interface Current<I> {
        /** Locks the row ({@code for update}) and returns what a PATCH is merged onto. */
        Stored<I> current(Transaction tx, Request request);
    }

    /** The two steps of a {@link #lines} route. */
    interface Lines<I, L, O> {

        /**
         * Looks up together what the lines need and says whose each is. Up to 4,000 lines; answers
         * as many, in the same order.
         */
        List<Prepared<L>> prepare(Read read, Request request, List<I> lines);

        /**
         * Applies the lines of one shard in one transaction and answers as many, in the same order.
         * If it throws, each line is tried again alone and a {@link Problem} refuses that line.
         */
        List<Applied<O>> apply(Transaction tx, Request request, List<L> lines);
    }

    /**
     * A line that is ready to be applied, with the customer it is about (lines without one have no
     * order among them), or one that is refused already.
     */
    record Prepared<L>(@Nullable CustomerId customer, @Nullable L line, @Nullable Problem refusal) {

        /** A line that can be applied, for the customer whose order it is to keep. */
        public static <L> Prepared<L> of(@Nullable CustomerId customer, L line) {
            return new Prepared<>(customer, line, null);
        }

        /** A line that is refused before anything is written. */
        public static <L> Prepared<L> refused(Problem refusal) {
            return new Prepared<>(null, null, refusal);
        }
    }

    /** What became of a line: an answer, or a refusal that does not undo its neighbours. */
    record Applied<O>(@Nullable O answer, @Nullable Problem refusal) {

        /** A line that was applied, with what is answered for it. */
        public static <O> Applied<O> done(O answer) {
            return new Applied<>(answer, null);
        }

        /** A line that was refused while it was applied. */
        public static <O> Applied<O> refused(Problem refusal) {
            return new Applied<>(null, refusal);
        }
    }

    @FunctionalInterface
    interface On<T> {
        void on(Transaction tx, Event<T> event);
    }

    @FunctionalInterface
    interface OnBatch<T> {
        void on(Transaction tx, List<Event<T>> events);
    }

    @FunctionalInterface
    interface Sender<T> {
        /**
         * @param id the same at every attempt, for the receiver to recognise repetitions
         * @throws Exception to be tried again later
         */
        void send(UUID id, T payload) throws Exception;
    }

    /**
     * The three steps of an attempt.
     *
     * @param <T> what was asked for with {@link Transaction#send}
     * @param <W> what is to be done; never stored
     * @param <O> what came of it
     */
    interface Effect<T, W, O> {

        /** Decides right before the attempt; empty if nothing is to be done (any more). */
        Optional<W> decide(Transaction tx, T payload);

        /**
         * Does it, without a transaction. May happen again after a crash before {@link #conclude},
         * so it carries an id for the receiver to recognise.
         *
         * @throws Exception to be tried again later, beginning with {@link #decide}
         */
        O act(W work) throws Exception;

        /** Records what came of it. Once it commits, there is no further attempt. */
        void conclude(Transaction tx, T payload, O outcome);
    }

    @FunctionalInterface
    interface Timer<K> {
        void fire(Transaction tx, K key);
    }

    @FunctionalInterface
    interface Job {
        void run(Transaction tx);
    }

    @FunctionalInterface
    interface FactProvider<T> {
        /** Answers for the customers it knows; those left out have no value. May not ask facts. */
        Map<CustomerId, T> facts(Read read, Set<CustomerId> customers);
    }

    @FunctionalInterface
    interface Export {
        /** A record (or map) of all this plugin knows about the customer, written as JSON. */
        Object export(Read read, CustomerId customer);
    }

    @FunctionalInterface
    interface Erase {
        void erase(Transaction tx, CustomerId customer);
    }

    @FunctionalInterface
    interface Merge {
        void merge(Transaction tx, CustomerId from, CustomerId into);
    }

    @FunctionalInterface
    interface PageHandler {
        View view(Read read, Request request);
    }

    @FunctionalInterface
    interface Submit<I> {
        /**
         * Takes a form.
         *
         * @return the path of the public page to go on to, so that reloading it sends nothing
         */
        String submit(Transaction tx, Request request, I input);
    }

    @FunctionalInterface
    interface PanelHandler {
        View view(Read read, CustomerId customer);
    }
}
