package dev.facefusion.runtime.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.facefusion.runtime.management.Lifecycle.Progress;
import dev.facefusion.runtime.management.ModelReload.Outcome;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One answer: progress, or a problem as RFC 9457 has it. A problem never says what was wrong with
/// a token: the log does.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, String mediaType, Map<String, String> headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String JSON_TYPE = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final String REALM = "Bearer realm=\"facefusion-runtime\"";
    private static final Map<String, String> RETRY = Map.of("Retry-After", "5");

    /// @param asked as the client sent it
    private record OtherInstance(
            String type,
            String title,
            int status,
            String detail,
            String remedy,
            @JsonProperty("instance_id") String instance,
            @JsonProperty("if_match") String asked) {}

    static Reply accepted(Progress progress) {
        return new Reply(202, JSON_TYPE, Map.of(), json(progress));
    }

    /// How far a reload has come.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Reload(
            String state,
            @JsonProperty("model_digest") @Nullable String digest,
            @Nullable String reason) {

        private static Reload of(Outcome outcome) {
            return switch (outcome) {
                case Outcome.None _ -> new Reload("none", null, null);
                case Outcome.Loading _ -> new Reload("loading", null, null);
                case Outcome.Loaded(var digest) -> new Reload("loaded", digest, null);
                case Outcome.Refused(var reason) -> new Reload("refused", null, reason);
                case Outcome.Unready _ -> new Reload("unready", null, null);
            };
        }
    }

    /// @param detail what is wrong with the models
    private record ModelsRefused(
            String type, String title, int status, String detail, String remedy) {}

    /// What came of the last reload.
    static Reply of(Outcome outcome) {
        return new Reply(200, JSON_TYPE, Map.of(), json(Reload.of(outcome)));
    }

    /// What is to be said to whoever asked for a reload.
    static Reply reloading(Outcome outcome) {
        return switch (outcome) {
            case Outcome.None _, Outcome.Loading _ ->
                    new Reply(202, JSON_TYPE, Map.of(), json(Reload.of(outcome)));
            case Outcome.Loaded _ -> of(outcome);
            case Outcome.Refused(var reason) ->
                    new Reply(
                            422,
                            PROBLEM,
                            Map.of(),
                            json(
                                    new ModelsRefused(
                                            "about:blank",
                                            "Models refused",
                                            422,
                                            reason,
                                            "Correct the model directory and ask again. The models from before serve.")));
            case Outcome.Unready _ ->
                    problem(
                            409,
                            "Not serving",
                            "Ask when /ready answers 200; restart a process that could not load its models.",
                            Map.of());
        };
    }

    static Reply otherInstance(String instance, IfMatch condition) {
        var body =
                new OtherInstance(
                        "about:blank",
                        "Another instance",
                        412,
                        "This is instance \"%s\", and the request is for %s. Nothing was done."
                                .formatted(instance, condition),
                        "Look at /health, and ask again if this instance is meant too.",
                        instance,
                        condition.toString());
        return new Reply(412, PROBLEM, Map.of(), json(body));
    }

    static Reply unauthenticated() {
        return problem(
                401,
                "Unauthenticated",
                "Send one Authorization header with a Bearer token.",
                Map.of("WWW-Authenticate", REALM));
    }

    static Reply invalidToken() {
        return problem(
                401,
                "Unauthenticated",
                "Send a token of the configured service account for this audience. The log says what was wrong.",
                Map.of("WWW-Authenticate", REALM + ", error=\"invalid_token\""));
    }

    static Reply undecided() {
        return problem(
                503,
                "Keys unavailable",
                "The cluster's keys cannot be read. Try again; the log says why.",
                RETRY);
    }

    static Reply tooManyRequests() {
        return problem(429, "Too many requests", "Ask less often.", RETRY);
    }

    static Reply methodNotAllowed(Set<String> allowed) {
        var methods = allowed.stream().sorted().collect(Collectors.joining(", "));
        return problem(
                405, "Method not allowed", "Use %s.".formatted(methods), Map.of("Allow", methods));
    }

    static Reply notFound() {
        return problem(404, "Not found", "Use /drain, /restart or /models/reload.", Map.of());
    }

    void send(HttpExchange exchange) throws IOException {
        try (exchange) {
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", mediaType);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Reply problem(
            int status, String title, String remedy, Map<String, String> headers) {
        var json =
                """
                {"type":"about:blank","title":"%s","status":%d,"remedy":"%s"}\
                """
                        .formatted(title, status, remedy);
        return new Reply(status, PROBLEM, headers, json.getBytes(UTF_8));
    }

    private static byte[] json(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is always JSON", e);
        }
    }
}
