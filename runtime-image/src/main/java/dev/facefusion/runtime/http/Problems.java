package dev.facefusion.runtime.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers everything that went wrong, wherever it was noticed.
final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private final long maxBodyBytes;
    private final int maxUriBytes;

    Problems(long maxBodyBytes, int maxUriBytes) {
        this.maxBodyBytes = maxBodyBytes;
        this.maxUriBytes = maxUriBytes;
    }

    /// What a handler refused.
    void refused(ServerRequest request, ServerResponse response, RequestRefused refused) {
        var problem = Problem.of(refused.refusal(), RequestId.of(request));
        logRefused(problem);
        Responses.send(request, response, problem);
    }

    /// What a handler did not foresee.
    void defect(ServerRequest request, ServerResponse response, Throwable cause) {
        var problem = Problem.of(new Refusal.Defect(), RequestId.of(request));
        log.atError()
                .addKeyValue("requestId", problem.requestId())
                .setCause(cause)
                .log("Request failed by a defect");
        Responses.send(request, response, problem);
    }

    /// What the HTTP layer itself refuses, before a handler sees the request or while it reads the
    /// body. These answers close the connection.
    DirectHandler.TransportResponse refusedByTransport(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType event,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        var problem = Problem.of(transportRefusal(status), RequestId.create());
        logRefused(problem);
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(problem.status()))
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .header(RequestId.HEADER, problem.requestId())
                .keepAlive(false)
                .entity(Responses.json(problem))
                .build();
    }

    /// A whole answer for a connection that is closed after it, whatever its client sent.
    byte[] closing(Refusal refusal) {
        var problem = Problem.of(refusal, RequestId.create());
        logRefused(problem);
        var body = Responses.json(problem);
        var head =
                """
                HTTP/1.1 %d %s\r
                Content-Type: %s\r
                Content-Length: %d\r
                %s: %s\r
                %sConnection: close\r
                \r
                """
                        .formatted(
                                problem.status(),
                                problem.title(),
                                Problem.MEDIA_TYPE,
                                body.length,
                                RequestId.HEADER.defaultCase(),
                                problem.requestId(),
                                problem.headers().entrySet().stream()
                                        .map(header ->
                                                header.getKey() + ": " + header.getValue() + "\r\n")
                                        .collect(joining()));
        var answer = new ByteArrayOutputStream();
        answer.writeBytes(head.getBytes(US_ASCII));
        answer.writeBytes(body);
        return answer.toByteArray();
    }

    private static void logRefused(Problem problem) {
        log.atInfo()
                .addKeyValue("requestId", problem.requestId())
                .addKeyValue("status", problem.status())
                .addKeyValue("problem", problem.type())
                .log("Request refused");
    }

    private Refusal transportRefusal(Status status) {
        return switch (status.code()) {
            case 414 -> new Refusal.UriTooLong(maxUriBytes);
            case 501, 505 -> new Refusal.HttpNotSupported();
            case 413 -> new Refusal.BodyTooLarge(maxBodyBytes);
            case 500 -> new Refusal.Defect();
            default -> new Refusal.BadRequest("The request is not well-formed HTTP.");
        };
    }
}
