package dev.facefusion.runtime.http;

import dev.facefusion.runtime.jobs.Job;
import dev.facefusion.runtime.jobs.JobService;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// `GET /v1/jobs/{id}/events`: the job at once, then every time it changed, as server-sent events.
///
/// Each stream has the virtual thread of its connection, which waits for a change, takes the job as
/// it is by then and writes it. Nothing is queued for a reader: one that is slow sees fewer
/// changes, always the last one, and holds nobody up. One that takes nothing for a while is cut
/// off.
final class JobEvents implements Handler {

    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    private static final HeaderName ACCEL_BUFFERING = HeaderNames.create("X-Accel-Buffering");
    private static final String MEDIA_TYPE = "text/event-stream";

    private static final Duration BETWEEN_EVENTS = Duration.ofMillis(250);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration WRITE_TIME = Duration.ofSeconds(30);

    private static final long NONE_SEEN = -1;

    private final JobService jobs;
    private final int maxStreams;
    private final Semaphore streams;

    JobEvents(JobService jobs, int maxStreams) {
        this.jobs = jobs;
        this.maxStreams = maxStreams;
        this.streams = new Semaphore(maxStreams);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws Exception {
        var job = JobsHandler.find(jobs, request);
        if (!request.headers().isAccepted(MediaTypes.TEXT_EVENT_STREAM)) {
            throw new RequestRefused(new Refusal.NotAcceptable(MEDIA_TYPE));
        }
        var seen = lastEvent(request, job);
        response.header(RequestId.HEADER, RequestId.of(request));
        if (job.ended() && seen == job.event()) {
            response.status(Status.NO_CONTENT_204).send(); // a browser does not connect again then
            return;
        }
        if (!streams.tryAcquire()) {
            throw new RequestRefused(new Refusal.StreamsFull(maxStreams));
        }
        try {
            response.header(ACCEL_BUFFERING, "no"); // for Nginx, which would hold events back
            follow(job, seen, response);
        } catch (UncheckedIOException | ServerConnectionException e) {
            throw new CloseConnectionException("the client hung up or reads nothing", e);
        } finally {
            streams.release();
        }
    }

    // An id that is newer than the job is not of this server.
    private static long lastEvent(ServerRequest request, Job job) {
        try {
            var seen =
                    request.headers().first(LAST_EVENT_ID).map(Long::parseLong).orElse(NONE_SEEN);
            return seen <= job.event() ? seen : NONE_SEEN;
        } catch (NumberFormatException _) {
            return NONE_SEEN;
        }
    }

    private void follow(Job job, long lastSeen, ServerResponse response)
            throws InterruptedException {
        try (var sink = response.sink(SseSink.TYPE)) {
            var shown = job;
            var seen = lastSeen;
            while (true) {
                if (shown.event() > seen) {
                    emit(sink, event(shown));
                    seen = shown.event();
                    if (shown.ended()) {
                        return;
                    }
                    jobs.await(job, inAnotherStateThan(shown), BETWEEN_EVENTS);
                }
                var known = seen;
                var next = jobs.await(job, now -> now.event() > known, HEARTBEAT);
                if (next.isEmpty()) {
                    emit(sink, closing());
                    return;
                }
                shown = next.get();
                if (shown.event() == seen) {
                    emit(sink, SseEvent.builder().comment("still here").build());
                }
            }
        }
    }

    // Progress can wait a moment, another state cannot.
    private static Predicate<Job> inAnotherStateThan(Job shown) {
        return now -> !now.state().getClass().equals(shown.state().getClass());
    }

    private SseEvent event(Job job) {
        return SseEvent.builder()
                .id(Long.toString(job.event()))
                .name("job")
                .data(Responses.json(JobJson.of(job, jobs.position(job))))
                .build();
    }

    // Without an id, so that the client asks again for all that it has not seen.
    private static SseEvent closing() {
        return SseEvent.builder().name("closing").data("{\"reason\":\"draining\"}").build();
    }

    // A blocked write of a virtual thread ends by an interrupt, which closes the connection.
    private static void emit(SseSink sink, SseEvent event) {
        var writer = Thread.currentThread();
        var written =
                new CompletableFuture<Void>().orTimeout(WRITE_TIME.toSeconds(), TimeUnit.SECONDS);
        var _ =
                written.exceptionally(_ -> {
                    writer.interrupt();
                    return null;
                });
        try {
            sink.emit(event);
        } finally {
            written.complete(null);
        }
    }
}
