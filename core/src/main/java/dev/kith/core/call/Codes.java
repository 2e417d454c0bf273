package dev.kith.core.call;

import dev.kith.api.ErrorCode;
import dev.kith.api.StandardError;
import dev.kith.core.area.Messages;
import java.util.Locale;

/** How error codes are written, what status they have and what they are called. */
public final class Codes {

    /** Everything that is a bug and not a mistake. */
    public static final String INTERNAL = "internal";

    public static final String METHOD_NOT_ALLOWED = "methodNotAllowed";
    public static final String URI_TOO_LONG = "uriTooLong";
    public static final String HEADERS_TOO_LARGE = "headersTooLarge";
    public static final String MALFORMED_REQUEST = "malformedRequest";

    private Codes() {}

    /** {@code insufficientPoints} of {@code INSUFFICIENT_POINTS}. */
    public static String lowerCamel(String constant) {
        var text = new StringBuilder();
        var upper = false;
        for (var i = 0; i < constant.length(); i++) {
            var c = constant.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                text.append(upper ? c : Character.toLowerCase(c));
                upper = false;
            }
        }
        return text.toString();
    }

    /** The code as callers see it. */
    public static String of(ErrorCode code, String plugin) {
        var name = lowerCamel(code.name());
        return code instanceof StandardError ? name : plugin + "." + name;
    }

    public static int status(ErrorCode.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case PRECONDITION_MISSING -> 428;
            case TOO_LARGE -> 413;
            case UNSUPPORTED -> 415;
            case UNPROCESSABLE -> 422;
            case TOO_MANY -> 429;
            case OVERLOADED -> 503;
        };
    }

    /** What the problem is called, in the reader's language; its code in words at the worst. */
    public static String title(Messages messages, Locale locale, String code) {
        var short_ = code.substring(code.lastIndexOf('.') + 1);
        return messages.find(locale, "problem." + code)
                .or(() -> messages.find(locale, "problem." + short_))
                .orElseGet(() -> words(short_));
    }

    private static String words(String lowerCamel) {
        var text = new StringBuilder();
        for (var i = 0; i < lowerCamel.length(); i++) {
            var c = lowerCamel.charAt(i);
            if (Character.isUpperCase(c)) {
                text.append(' ').append(Character.toLowerCase(c));
            } else {
                text.append(i == 0 ? Character.toUpperCase(c) : c);
            }
        }
        return text.toString();
    }
}
