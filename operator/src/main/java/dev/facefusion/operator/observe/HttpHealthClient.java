package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.Poll;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Reads health over HTTP. Whatever a pod does, from refusing to trickling an endless body, comes
/// back as a value in time and in bounded memory.
public final class HttpHealthClient implements HealthClient, AutoCloseable {
    private static final int MAX_BODY_BYTES = 256 * 1024;

    /// For our own threads, where the machine is busy.
    private static final Duration SLACK = Duration.ofMillis(500);

    private final HttpClient http;

    public HttpHealthClient(Executor executor) {
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .executor(executor)
                        .build();
    }

    @Override
    public Poll poll(URI health, Duration timeout) {
        var request = HttpRequest.newBuilder(health).timeout(timeout).build();
        var begun = new AtomicBoolean();
        var exchange = http.sendAsync(request, noting(begun));
        try {
            // The request's own timeout ends with the headers; this one covers the body as well.
            return read(exchange.get(timeout.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            // Without headers by now we are late ourselves, and know nothing of the pod.
            return begun.get() ? new Poll.ReadTimedOut() : new Poll.ConnectTimedOut();
        } catch (ExecutionException e) {
            return failure(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Poll.Failed("interrupted");
        } finally {
            exchange.cancel(true);
        }
    }

    private static BodyHandler<byte[]> noting(AtomicBoolean begun) {
        var body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY_BYTES);
        return head -> {
            begun.set(true);
            return body.apply(head);
        };
    }

    /// A runtime that has been stuck for long says so with a report under status 503.
    private static Poll read(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 200 -> HealthJson.read(response.body());
            case 503 ->
                    HealthJson.read(response.body()) instanceof Poll.Answered answered
                            ? answered
                            : new Poll.Failed("status 503");
            default -> new Poll.Failed("status " + response.statusCode());
        };
    }

    private static Poll failure(Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException _ -> new Poll.ConnectTimedOut();
            case HttpTimeoutException _ -> new Poll.ReadTimedOut();
            case ConnectException _ -> new Poll.Refused();
            case IOException e -> new Poll.Failed(e.toString());
            default -> new Poll.Failed(String.valueOf(cause));
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
