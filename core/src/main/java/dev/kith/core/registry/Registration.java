package dev.kith.core.registry;

import dev.kith.api.Audience;
import dev.kith.api.Condition;
import dev.kith.api.Crm;
import dev.kith.api.Icon;
import dev.kith.api.Page;
import dev.kith.api.Permission;
import dev.kith.api.Route;
import dev.kith.api.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@link Crm} a plugin's {@code register} is given: writes down what is declared. */
public final class Registration implements Crm {

    /** What declaring needs from the server. */
    public interface Surroundings {
        <T extends Record> T config(Class<T> type);

        /**
         * @param own facts that the plugin itself declared so far, by full name
         */
        Audience audience(String expression, Map<String, Class<?>> own);

        Condition condition(String expression, String name, Map<String, Class<?>> types);
    }

    private final String plugin;
    private final String api;
    private final String open;
    private final Surroundings surroundings;
    private final List<RouteSpec> routes = new ArrayList<>();
    private final List<Parts.TopicSpec> topics = new ArrayList<>();
    private final List<SubscriptionSpec> subscriptions = new ArrayList<>();
    private final List<Parts.SenderSpec> senders = new ArrayList<>();
    private final List<Parts.TimerSpec> timers = new ArrayList<>();
    private final List<Parts.JobSpec> jobs = new ArrayList<>();
    private final List<Parts.FactSpec> facts = new ArrayList<>();
    private final List<PageSpec> pages = new ArrayList<>();
    private final List<FormSpec> forms = new ArrayList<>();
    private final List<PanelSpec> panels = new ArrayList<>();
    private Icon icon = Icon.PUZZLE;
    private @Nullable Export export;
    private @Nullable Erase erase;
    private @Nullable Merge merge;
    private @Nullable Merge unmerge;
    private boolean ended;

    private Registration(String plugin, String api, String open, Surroundings surroundings) {
        this.plugin = plugin;
        this.api = api;
        this.open = open;
        this.surroundings = surroundings;
    }

    /** Of a plugin: its routes stand below its id. */
    public static Registration of(String plugin, Surroundings surroundings) {
        return new Registration(plugin, "/api/v1/" + plugin, "/public/" + plugin, surroundings);
    }

    /** Of a part of core: its routes stand directly below {@code /api/v1}. */
    public static Registration ofCore(String plugin, Surroundings surroundings) {
        return new Registration(plugin, "/api/v1", "/public", surroundings);
    }

    /** Ends the registration. */
    public Parts parts() {
        ended = true;
        return new Parts(
                plugin,
                routes,
                topics,
                subscriptions,
                senders,
                timers,
                jobs,
                facts,
                pages,
                forms,
                panels,
                icon,
                export,
                erase,
                merge,
                unmerge);
    }

    @Override
    public <T extends Record> T config(Class<T> type) {
        open();
        return surroundings.config(type);
    }

    @Override
    public <O> Route get(String path, Permission permission, Class<O> out, Get<O> handler) {
        return route(
                "GET", api + path, permission, null, out, 200, new RouteSpec.Call.Get(handler));
    }

    @Override
    public <O> Route list(String path, Permission permission, Class<O> item, Get<Page<O>> handler) {
        return route(
                "GET", api + path, permission, null, item, 200, new RouteSpec.Call.List(handler));
    }

    @Override
    public <I, O> Route post(
            String path, Permission permission, Class<I> in, Class<O> out, Write<I, O> handler) {
        return route(
                "POST", api + path, permission, in, out, 201, new RouteSpec.Call.Write(handler));
    }

    @Override
    public <O> Route action(String path, Permission permission, Class<O> out, Act<O> handler) {
        return route(
                "POST", api + path, permission, null, out, 200, new RouteSpec.Call.Act(handler));
    }

    @Override
    public <I, O> Route action(
            String path, Permission permission, Class<I> in, Class<O> out, Write<I, O> handler) {
        return route(
                "POST", api + path, permission, in, out, 200, new RouteSpec.Call.Write(handler));
    }

    @Override
    public <I, O> Route put(
            String path, Permission permission, Class<I> in, Class<O> out, Write<I, O> handler) {
        return route(
                "PUT", api + path, permission, in, out, 200, new RouteSpec.Call.Write(handler));
    }

    @Override
    public <I, O> Route patch(
            String path,
            Permission permission,
            Class<I> in,
            Class<O> out,
            Current<I> current,
            Write<I, O> save) {
        var call = new RouteSpec.Call.Patch(current, save);
        return route("PATCH", api + path, permission, in, out, 200, call);
    }

    @Override
    public Route delete(String path, Permission permission, Remove handler) {
        var call = new RouteSpec.Call.Remove(handler);
        return route("DELETE", api + path, permission, null, null, 204, call);
    }

    @Override
    public <I, L, O> Route lines(
            String path, Permission permission, Class<I> in, Class<O> out, Lines<I, L, O> handler) {
        return route(
                "POST", api + path, permission, in, out, 200, new RouteSpec.Call.Lines(handler));
    }

    @Override
    public <O> Route publicGet(String path, Class<O> out, Get<O> handler) {
        return route("GET", open + path, null, null, out, 200, new RouteSpec.Call.Get(handler));
    }

    @Override
    public <I, O> Route publicPost(String path, Class<I> in, Class<O> out, Write<I, O> handler) {
        return route("POST", open + path, null, in, out, 201, new RouteSpec.Call.Write(handler));
    }

    private Route route(
            String method,
            String path,
            @Nullable Permission permission,
            @Nullable Class<?> in,
            @Nullable Class<?> out,
            int status,
            RouteSpec.Call call) {
        open();
        var spec = new RouteSpec(method, path, permission, in, out, status, call);
        routes.add(spec);
        return spec;
    }

    @Override
    public void publishes(String topic, Class<? extends Record> payload) {
        open();
        topics.add(new Parts.TopicSpec(topic, payload, false));
    }

    @Override
    public void accepts(String topic, Class<? extends Record> payload) {
        open();
        topics.add(new Parts.TopicSpec(topic, payload, true));
    }

    @Override
    public <T> Subscription on(String topic, Class<T> payload, String name, On<T> handler) {
        return subscribe(topic, payload, name, new SubscriptionSpec.Handler.Each(handler));
    }

    @Override
    public <T> Subscription onBatch(
            String topic, Class<T> payload, String name, OnBatch<T> handler) {
        return subscribe(topic, payload, name, new SubscriptionSpec.Handler.Batch(handler));
    }

    private Subscription subscribe(
            String topic, Class<?> payload, String name, SubscriptionSpec.Handler handler) {
        open();
        var spec = new SubscriptionSpec(topic, plugin + "." + name, payload, handler);
        subscriptions.add(spec);
        return spec;
    }

    @Override
    public <T> void sends(String name, Class<T> payload, Sender<T> sender) {
        open();
        var how = new Parts.SenderSpec.How.Plain(sender);
        senders.add(new Parts.SenderSpec(name, payload, how));
    }

    @Override
    public <T, W, O> void sends(String name, Class<T> payload, Effect<T, W, O> effect) {
        open();
        var how = new Parts.SenderSpec.How.Decided(effect);
        senders.add(new Parts.SenderSpec(name, payload, how));
    }

    @Override
    public <K> void timer(String name, Class<K> key, Timer<K> handler) {
        open();
        timers.add(new Parts.TimerSpec(name, key, handler));
    }

    @Override
    public void every(Duration interval, String name, Job handler) {
        open();
        if (interval.toSeconds() < 1) {
            throw new IllegalArgumentException("a job runs at most once a second");
        }
        jobs.add(new Parts.JobSpec(name, interval, handler));
    }

    @Override
    public <T> void fact(String name, Class<T> type, String meaning, FactProvider<T> provider) {
        open();
        facts.add(new Parts.FactSpec(name, type, meaning, provider));
    }

    @Override
    public Audience audience(String expression) {
        var own = new HashMap<String, Class<?>>();
        facts.forEach(fact -> own.put(plugin + "." + fact.name(), fact.type()));
        return surroundings.audience(expression, own);
    }

    @Override
    public Condition condition(String expression, String name, Map<String, Class<?>> types) {
        return surroundings.condition(expression, name, types);
    }

    @Override
    public void personalData(Export how, Erase undo) {
        open();
        export = how;
        erase = undo;
    }

    @Override
    public void merges(Merge how, Merge undo) {
        open();
        merge = how;
        unmerge = undo;
    }

    @Override
    public void icon(Icon chosen) {
        open();
        icon = chosen;
    }

    @Override
    public void page(String path, Permission permission, String titleKey, PageHandler handler) {
        open();
        pages.add(new PageSpec(PageSpec.Kind.PAGE, path, permission, titleKey, handler));
    }

    @Override
    public void customerPanel(Permission permission, String titleKey, PanelHandler handler) {
        open();
        panels.add(new PanelSpec(permission, titleKey, handler));
    }

    @Override
    public void card(Permission permission, String titleKey, PageHandler handler) {
        open();
        pages.add(new PageSpec(PageSpec.Kind.CARD, "", permission, titleKey, handler));
    }

    @Override
    public void publicPage(String path, String titleKey, PageHandler handler) {
        open();
        pages.add(new PageSpec(PageSpec.Kind.PUBLIC, path, null, titleKey, handler));
    }

    @Override
    public <I extends Record> void publicForm(
            String path, Class<I> in, String titleKey, PageHandler page, Submit<I> submit) {
        open();
        var folder = path.equals("/") ? open : open + path;
        forms.add(new FormSpec(folder, in, titleKey, page, submit));
    }

    private void open() {
        if (ended) {
            throw new IllegalStateException("register has returned; nothing more can be declared");
        }
    }
}
