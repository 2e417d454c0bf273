package dev.kith.core.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.api.ErrorCode;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.core.area.Messages;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.failure.Traces;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where an exception becomes an answer: RFC 9457 problem details. */
public final class Refusals {

    /** What a caller is told to wait, in seconds, where nothing better is known. */
    public static final int RETRY_AFTER_SECONDS = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final String plugin;
    private final ObjectMapper mapper;
    private final Messages own;
    private final Messages core;

    /**
     * @param plugin whose codes these are, unless they are everybody's
     * @param mapper of the plugin, for what its problems carry
     * @param own the plugin's messages
     * @param core messages of codes that are everybody's
     */
    public Refusals(String plugin, ObjectMapper mapper, Messages own, Messages core) {
        this.plugin = plugin;
        this.mapper = mapper;
        this.own = own;
        this.core = core;
    }

    /** The answer; what is a bug is logged here, once, without a word of what people sent. */
    public Answer answer(Throwable failure, UUID requestId, Locale locale) {
        if (failure instanceof Problem problem) {
            return answer(problem, requestId, locale);
        }
        if (SqlFailure.transientFault(failure)) {
            LOG.warn("request {}: {}", requestId, Traces.summary(failure));
            var problem = StandardError.OVERLOADED.because("the database is busy or away");
            return answer(problem, requestId, locale);
        }
        LOG.error("request {} failed: {}", requestId, Traces.of(failure));
        return Answer.of(500, Answer.PROBLEM, bytes(internal(requestId, locale)));
    }

    private Answer answer(Problem problem, UUID requestId, Locale locale) {
        var status = Codes.status(problem.code().kind());
        var answer = Answer.of(status, Answer.PROBLEM, bytes(body(problem, requestId, locale)));
        return switch (problem.code().kind()) {
            case TOO_MANY, OVERLOADED -> answer.with(retryAfter(problem));
            case UNAUTHENTICATED -> answer.with(Map.of("WWW-Authenticate", "Bearer"));
            default -> answer;
        };
    }

    private static Map<String, String> retryAfter(Problem problem) {
        var seconds = problem.members().getOrDefault("retryAfterSeconds", RETRY_AFTER_SECONDS);
        return Map.of("Retry-After", seconds.toString());
    }

    /** The problem as it stands in an answer, or in a line of a stream. */
    public Map<String, Object> body(Throwable failure, UUID requestId, Locale locale) {
        if (failure instanceof Problem problem) {
            return body(problem, requestId, locale);
        }
        if (SqlFailure.transientFault(failure)) {
            var problem = StandardError.OVERLOADED.because("the database is busy or away");
            return body(problem, requestId, locale);
        }
        LOG.error("request {} failed: {}", requestId, Traces.of(failure));
        return internal(requestId, locale);
    }

    private Map<String, Object> body(Problem problem, UUID requestId, Locale locale) {
        var code = Codes.of(problem.code(), plugin);
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "/problems/" + code);
        body.put("title", Codes.title(texts(problem.code()), locale, code));
        body.put("status", Codes.status(problem.code().kind()));
        body.put("detail", problem.detail());
        body.put("code", code);
        problem.members().forEach(body::putIfAbsent);
        if (!problem.places().isEmpty()) {
            body.put("errors", places(problem, locale));
        }
        body.put("requestId", requestId);
        return body;
    }

    private List<Problem.Place> places(Problem problem, Locale locale) {
        if (!locale.getLanguage().equals("zh")) {
            return problem.places();
        }
        return problem.places().stream()
                .map(place ->
                        own.find(locale, "place." + place.code())
                                .or(() -> core.find(locale, "place." + place.code()))
                                .map(text ->
                                        new Problem.Place(
                                                place.pointer(),
                                                place.code(),
                                                both(text, place.message())))
                                .orElse(place))
                .toList();
    }

    private static String both(String text, String message) {
        return text.equals(message) ? text : "%s (%s)".formatted(text, message);
    }

    private Messages texts(ErrorCode code) {
        return code instanceof StandardError ? core : own;
    }

    /** The path is known, and the method is none of its own. */
    public Answer methodNotAllowed(UUID requestId, Locale locale, String allow) {
        var detail = "the method is none of " + allow;
        var body = own(405, Codes.METHOD_NOT_ALLOWED, detail, requestId, locale);
        return Answer.of(405, Answer.PROBLEM, bytes(body)).with(Map.of("Allow", allow));
    }

    /** What could not be read as a request at all. */
    public Answer unreadable(int status, String code, String detail, UUID id, Locale locale) {
        return Answer.of(status, Answer.PROBLEM, bytes(own(status, code, detail, id, locale)));
    }

    private Map<String, Object> internal(UUID requestId, Locale locale) {
        var detail = "a mistake of ours; nothing was changed";
        return own(500, Codes.INTERNAL, detail, requestId, locale);
    }

    /** A problem that no handler can throw. */
    private Map<String, Object> own(
            int status, String code, String detail, UUID requestId, Locale locale) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "/problems/" + code);
        body.put("title", Codes.title(core, locale, code));
        body.put("status", status);
        body.put("detail", detail);
        body.put("code", code);
        body.put("requestId", requestId);
        return body;
    }

    private byte[] bytes(Map<String, Object> body) {
        try {
            return mapper.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
