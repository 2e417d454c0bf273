package dev.kith.core.http;

import dev.kith.core.call.Answer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** Sends whoever has not signed in to the console's door. */
final class SignInFirst {

    private SignInFirst() {}

    static Answer answer(HttpServerRequest request) {
        // A part of a page that is fetched by script must not put the door into the page.
        if (request.headers().contains("hx-request")) {
            return Answer.empty(401).with(Map.of("HX-Redirect", HttpFront.SIGN_IN));
        }
        return Answer.empty(303).with(Map.of("Location", HttpFront.SIGN_IN));
    }
}
