package dev.kith.core.console.screen;

import dev.kith.api.StandardError;
import dev.kith.core.http.raw.RawExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files a browser needs, from the class path. Their addresses change with their content, so a
 * browser may keep them for ever; each is read and packed once, when first asked for.
 */
public final class Assets {

    public static final String ROUTE = "/console/-/assets/{hash}/{name}";

    private static final String FOREVER = "public, max-age=31536000, immutable";

    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    /** Only these are served, so no path of a request ever reaches the class path. */
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("tabler.min.css", CSS),
                    Map.entry("leaflet.css", CSS),
                    Map.entry("kith.css", CSS),
                    Map.entry("htmx.min.js", SCRIPT),
                    Map.entry("echarts.common.min.js", SCRIPT),
                    Map.entry("leaflet.js", SCRIPT),
                    Map.entry("kith.js", SCRIPT),
                    Map.entry("chart.js", SCRIPT),
                    Map.entry("map.js", SCRIPT),
                    Map.entry("theme.js", SCRIPT),
                    Map.entry("land.json", "application/geo+json"),
                    Map.entry("icon.svg", "image/svg+xml"));

    private final Map<String, Asset> assets = new ConcurrentHashMap<>();

    private static final class Asset {
        private final String type;
        private final String hash;
        private final byte[] packed;

        private Asset(String type, String hash, byte[] packed) {
            this.type = type;
            this.hash = hash;
            this.packed = packed;
        }
    }

    /** The address of a file, for templates. */
    public String url(String name) {
        return "/console/-/assets/" + asset(name).hash + "/" + name;
    }

    public void serve(RawExchange exchange) {
        var name = exchange.path("name");
        if (!TYPES.containsKey(name)) {
            throw StandardError.NOT_FOUND.because("there is no such file");
        }
        var asset = asset(name);
        var tag = "\"" + asset.hash + "\"";
        // A node of another version may have named it: the file is served, but not kept.
        var named = asset.hash.equals(exchange.path("hash"));
        exchange.header("Cache-Control", named ? FOREVER : "no-store");
        exchange.header("ETag", tag);
        exchange.header("X-Content-Type-Options", "nosniff");
        if (exchange.header("If-None-Match").filter(tag::equals).isPresent()) {
            exchange.reply(304, asset.type, new byte[0]);
            return;
        }
        exchange.header("Content-Encoding", "gzip");
        exchange.reply(200, asset.type, asset.packed);
    }

    private Asset asset(String name) {
        return assets.computeIfAbsent(name, Assets::load);
    }

    private static Asset load(String name) {
        try (var in = Assets.class.getResourceAsStream("/console/" + name)) {
            var plain = known(in, name).readAllBytes();
            var digest = MessageDigest.getInstance("SHA-256").digest(plain);
            var hash = HexFormat.of().formatHex(digest, 0, 8);
            return new Asset(
                    TYPES.getOrDefault(name, "application/octet-stream"), hash, pack(plain));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static <T> T known(@Nullable T in, String name) {
        if (in == null) {
            throw new IllegalStateException("the build did not put " + name + " into the jar");
        }
        return in;
    }

    private static byte[] pack(byte[] plain) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }
}
