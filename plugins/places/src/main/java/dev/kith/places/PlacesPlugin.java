package dev.kith.places;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Icon;
import dev.kith.api.Permission;
import dev.kith.api.Vocabulary;
import java.time.Duration;
import java.util.UUID;

/** Fences on the map, who is inside them, and what they are given for it. */
public final class PlacesPlugin implements CrmPlugin {

    static final Permission READ =
            new Permission("places:read", "See sites, fences, promotions and who was where");
    static final Permission WRITE =
            new Permission("places:write", "Draw fences and decide about promotions");
    static final Permission OBSERVE =
            new Permission("places:observe", "Report where customers and positions are");

    /** The largest line of a stream, in bytes. */
    private static final int LINE_BYTES_MAX = 4 * 1024;

    private static final Duration STREAM_WITHIN = Duration.ofHours(6);
    private static final Duration CHUNK_WITHIN = Duration.ofSeconds(60);

    @Override
    public void register(Crm crm) {
        var config = crm.config(PlacesConfig.class);
        var fences = new Fences(config);
        var observations = new Observations(config, fences);
        var promotions = new Promotions(crm::audience);
        var deciding = new Deciding(config, crm::audience);
        var merging = new Merging();
        var pages = new Pages(fences);

        registerGround(crm, new Sites(), fences);
        registerPromotions(crm, promotions);

        crm.action("/observations", OBSERVE, Observation.class, Seen.class, observations::observe)
                .summary("Evaluates where a customer is, and forgets it.")
                .example(Observation.EXAMPLE);
        crm.lines("/observations", OBSERVE, Observation.class, Seen.class, observations)
                .summary("Evaluates a stream of observations, one line each.")
                .example(Observation.EXAMPLE)
                .bodyMax(LINE_BYTES_MAX)
                .bodyWithin(STREAM_WITHIN)
                .deadline(CHUNK_WITHIN);
        crm.action(
                        "/locate",
                        OBSERVE,
                        Position.class,
                        Observations.Around.class,
                        observations::locate)
                .summary("Says which fences are around a position; keeps nothing.")
                .example(Position.EXAMPLE);
        crm.lines(
                        "/locate",
                        OBSERVE,
                        Position.class,
                        Observations.Around.class,
                        observations.locating())
                .summary("Says it of a stream of positions, one line each.")
                .example(Position.EXAMPLE)
                .bodyMax(LINE_BYTES_MAX)
                .bodyWithin(STREAM_WITHIN)
                .deadline(CHUNK_WITHIN);
        crm.get("/outlines", READ, Payloads.Outlines.class, pages::outlines)
                .summary("The fences as GeoJSON, with how many customers are inside.");
        crm.get("/counts", READ, Payloads.Counts.class, pages::counts)
                .summary("How many customers are inside each fence now.");

        crm.publishes(Vocabulary.PLACE_ENTERED, Payloads.PlaceEntered.class);
        crm.publishes(Vocabulary.PLACE_LEFT, Payloads.PlaceLeft.class);
        crm.onBatch(
                Vocabulary.PLACE_ENTERED,
                Payloads.PlaceEntered.class,
                "promote",
                deciding::entered);
        crm.onBatch(
                Vocabulary.REWARD_REFUSED,
                Payloads.RewardRefused.class,
                "giveBack",
                deciding::refused);
        crm.on(
                Vocabulary.CONSENT_WITHDRAWN,
                Payloads.ConsentWithdrawn.class,
                "forget",
                observations::withdrawn);
        crm.every(Duration.ofMinutes(5), "lapse", observations::lapse);
        crm.timer(Observations.TIMER, Observations.Rest.class, observations::lapse);

        crm.fact("visits", Long.class, "How often a place was entered", pages::visits);
        crm.personalData(merging::export, merging::erase);
        crm.merges(merging::merge, merging::unmerge);

        crm.icon(Icon.PIN);
        crm.page("/", READ, "places.title", pages::overview);
        crm.customerPanel(READ, "places.panel", pages::panel);
    }

    private static void registerGround(Crm crm, Sites sites, Fences fences) {
        crm.list("/sites", READ, Site.class, sites::list).summary("Lists our own places.");
        crm.post("/sites", WRITE, Site.Draft.class, Site.class, sites::create)
                .summary("Adds a place of ours.")
                .example(Site.Draft.EXAMPLE);
        crm.get("/sites/{site}", READ, Site.class, sites::find).summary("One of our places.");
        crm.patch("/sites/{site}", WRITE, Site.Draft.class, Site.class, sites::current, sites::save)
                .summary("Changes a place of ours.")
                .example(Site.Draft.EXAMPLE);
        crm.action("/sites/{site}/archive", WRITE, Site.class, sites::archive)
                .summary("Gives a place up that no fence stands around.")
                .fails(PlacesError.IN_USE);

        crm.list("/fences", READ, Fence.class, fences::list)
                .summary("Lists the fences that stand.")
                .query("siteId", UUID.class, "Only those around this site.");
        crm.post("/fences", WRITE, Fence.Draft.class, Fence.class, fences::create)
                .summary("Draws a fence: a circle, or a GeoJSON Polygon or MultiPolygon.")
                .example(Fence.Draft.EXAMPLE);
        crm.get("/fences/{fence}", READ, Fence.class, fences::find).summary("One fence.");
        crm.patch(
                        "/fences/{fence}",
                        WRITE,
                        Fence.Draft.class,
                        Fence.class,
                        fences::current,
                        fences::save)
                .summary("Changes a fence; nobody enters or leaves by that.")
                .example(Fence.Draft.EXAMPLE);
        crm.action("/fences/{fence}/archive", WRITE, Fence.class, fences::archive)
                .summary("Takes a fence away that no promotion stands on.")
                .fails(PlacesError.IN_USE);
    }

    private static void registerPromotions(Crm crm, Promotions promotions) {
        var one = "/promotions/{promotion}";
        crm.list("/promotions", READ, Promotion.class, promotions::list)
                .summary("Lists promotions with how much of their budget is used.")
                .query("state", Promotion.State.class, "Only in this state.");
        crm.post("/promotions", WRITE, Promotion.Draft.class, Promotion.class, promotions::create)
                .summary("Drafts a promotion.")
                .example(Promotion.Draft.EXAMPLE);
        crm.get(one, READ, Promotion.class, promotions::find).summary("One promotion.");
        crm.patch(
                        one,
                        WRITE,
                        Promotion.Draft.class,
                        Promotion.class,
                        promotions::current,
                        promotions::save)
                .summary("Changes the terms of one that is not active.")
                .example(Promotion.Draft.EXAMPLE);
        crm.action(one + "/activate", WRITE, Promotion.class, promotions::activate)
                .summary("From now on whoever enters is considered.");
        crm.action(one + "/pause", WRITE, Promotion.class, promotions::pause)
                .summary("Gives nothing until it is activated again.");
        crm.action(one + "/end", WRITE, Promotion.class, promotions::end)
                .summary("Ends it for good.");
        crm.list(one + "/decisions", READ, Decision.class, promotions::decisions)
                .summary("Who was considered, what was decided and why, the latest first.")
                .query("customerId", UUID.class, "Only about this customer.");
    }
}
