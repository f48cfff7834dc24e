package dev.facefusion.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// Writes responses, each with its request's id.
final class Responses {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Responses() {}

    static void send(ServerRequest request, ServerResponse response, Problem problem) {
        problem.headers()
                .forEach((name, value) -> response.header(HeaderNames.create(name), value));
        send(request, response, problem.status(), Problem.MEDIA_TYPE, json(problem));
    }

    static void send(
            ServerRequest request,
            ServerResponse response,
            int status,
            String mediaType,
            byte[] body) {
        response.status(Status.create(status))
                .header(RequestId.HEADER, RequestId.of(request))
                .header(HeaderNames.CONTENT_TYPE, mediaType)
                .header(HeaderNames.CACHE_CONTROL, "no-store");
        if (bodyIsHeldBack(request) || ClientSockets.isSpoilt(request)) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        response.send(body);
    }

    static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a response is always JSON", e);
        }
    }

    // A client that waits for leave to send its body will not send it now: the connection cannot go
    // on with the next request.
    private static boolean bodyIsHeldBack(ServerRequest request) {
        return !request.content().consumed()
                && request.headers().containsToken(HeaderValues.EXPECT_100);
    }
}
