package dev.kith.core.console;

import dev.kith.core.http.raw.RawExchange;
import java.util.regex.Pattern;

/** Coming in by a one-time link, going out, and in which language. */
final class SignIn {

    private static final String LOCALE_COOKIE = "kith_locale";
    private static final long YEAR_SECONDS = 365L * 24 * 60 * 60;

    /** A page of ours, so that a link made elsewhere leads nowhere else. */
    private static final Pattern BACK =
            Pattern.compile("/(?:console|docs|problems)(/[A-Za-z0-9_.~%:/-]*)?(\\?[^\\s\\\\]*)?");

    private final Shell shell;

    SignIn(Shell shell) {
        this.shell = shell;
    }

    void enter(RawExchange exchange) {
        var token = exchange.query("token");
        if (token.isPresent()) {
            if (exchange.signIn(token.get())) {
                welcome(exchange);
            } else {
                shell.signIn(exchange, 403, true);
            }
        } else if (exchange.principal().isPresent()) {
            exchange.redirect("/console");
        } else {
            shell.signIn(exchange, 200, false);
        }
    }

    // A strict cookie does not follow a redirect that began on another site, such as a mail.
    private void welcome(RawExchange exchange) {
        if (exchange.header("Sec-Fetch-Site").filter("cross-site"::equals).isEmpty()) {
            exchange.redirect("/console");
        } else {
            exchange.header("Refresh", "0; url=/console");
            shell.signIn(exchange, 200, false);
        }
    }

    void leave(RawExchange exchange) {
        exchange.signOut();
        exchange.redirect("/console/sign-in");
    }

    void language(RawExchange exchange) {
        var chosen = exchange.path("language").equals("zh-CN") ? "zh-CN" : "en";
        exchange.setCookie(LOCALE_COOKIE, chosen, YEAR_SECONDS);
        exchange.redirect(exchange.query("back").filter(SignIn::isOurs).orElse("/console"));
    }

    // The token of a link that was used must not come back in the address bar.
    private static boolean isOurs(String path) {
        return BACK.matcher(path).matches() && !path.contains("//") && !path.contains("token=");
    }
}
