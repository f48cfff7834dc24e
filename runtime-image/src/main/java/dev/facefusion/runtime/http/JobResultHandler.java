package dev.facefusion.runtime.http;

import dev.facefusion.runtime.jobs.JobResult;
import dev.facefusion.runtime.jobs.JobService;
import dev.facefusion.runtime.jobs.JobState.Removal;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/// `GET /v1/jobs/{id}/result`: a job's file, or the part of it that is asked for, streamed from the
/// disk.
final class JobResultHandler implements Handler {

    private static final int BUFFER = 1 << 16;

    private final JobService jobs;

    JobResultHandler(JobService jobs) {
        this.jobs = jobs;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws IOException {
        switch (jobs.result(JobsHandler.find(jobs, request))) {
            case JobService.Result.Ready ready -> send(request, response, ready);
            case JobService.Result.None(var job) ->
                    throw new RequestRefused(
                            job.ended()
                                    ? new Refusal.NoResult(JobJson.name(job.state()))
                                    : new Refusal.NotFinished());
            case JobService.Result.Gone(var why) ->
                    throw new RequestRefused(new Refusal.ResultGone(why));
        }
    }

    private static void send(
            ServerRequest request, ServerResponse response, JobService.Result.Ready ready)
            throws IOException {
        var result = ready.result();
        try (var file = Files.newInputStream(ready.file())) {
            response.header(RequestId.HEADER, RequestId.of(request))
                    .header(HeaderNames.CONTENT_TYPE, result.mediaType())
                    .header(HeaderNames.CACHE_CONTROL, "no-store")
                    .header(HeaderNames.ACCEPT_RANGES, "bytes")
                    .header(HeaderNames.ETAG, tag(result));
            switch (range(request, result)) {
                case ByteRange.Whole() -> {
                    response.status(Status.OK_200);
                    send(response, file, result.bytes());
                }
                case ByteRange.Part part -> {
                    response.status(Status.PARTIAL_CONTENT_206)
                            .header(
                                    HeaderNames.CONTENT_RANGE,
                                    "bytes %d-%d/%d"
                                            .formatted(part.first(), part.last(), result.bytes()));
                    file.skipNBytes(part.first());
                    send(response, file, part.bytes());
                }
                case ByteRange.Unsatisfiable() ->
                        throw new RequestRefused(new Refusal.BeyondTheEnd(result.bytes()));
            }
        } catch (NoSuchFileException _) { // removed in this very moment
            throw new RequestRefused(new Refusal.ResultGone(Removal.EVICTED));
        }
    }

    // A range of something else than the client has the beginning of is of no use to it.
    private static ByteRange range(ServerRequest request, JobResult result) {
        var headers = request.headers();
        boolean known = headers.first(HeaderNames.IF_RANGE).map(tag(result)::equals).orElse(true);
        return headers.first(HeaderNames.RANGE)
                .filter(_ -> known)
                .map(range -> ByteRange.of(range, result.bytes()))
                .orElseGet(ByteRange.Whole::new);
    }

    private static String tag(JobResult result) {
        return "\"" + result.sha256() + "\"";
    }

    private static void send(ServerResponse response, InputStream file, long bytes)
            throws IOException {
        response.contentLength(bytes);
        try (var out = response.outputStream()) {
            copy(file, out, bytes);
        }
    }

    private static void copy(InputStream file, OutputStream out, long bytes) throws IOException {
        var buffer = new byte[BUFFER];
        for (long left = bytes; left > 0; ) {
            int read = file.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the result is shorter than it was");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
