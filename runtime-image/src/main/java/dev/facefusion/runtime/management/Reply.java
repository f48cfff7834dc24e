package dev.facefusion.runtime.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.facefusion.runtime.management.Lifecycle.Progress;
import java.io.IOException;
import java.util.Map;

/// One answer: progress, or a problem as RFC 9457 has it. A problem never says what was wrong with
/// a token: the log does.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, String mediaType, Map<String, String> headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
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
        return new Reply(202, "application/json", Map.of(), json(progress));
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

    static Reply methodNotAllowed() {
        return problem(405, "Method not allowed", "Use POST.", Map.of("Allow", "POST"));
    }

    static Reply notFound() {
        return problem(404, "Not found", "Use /drain or /restart.", Map.of());
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
