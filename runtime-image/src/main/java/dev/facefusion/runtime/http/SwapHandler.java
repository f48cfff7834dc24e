package dev.facefusion.runtime.http;

import dev.facefusion.runtime.engine.SwapOutcome.BadMedia;
import dev.facefusion.runtime.engine.SwapOutcome.NoFace;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.http.UploadBudget.Reservation;
import dev.facefusion.runtime.queue.Admission;
import dev.facefusion.runtime.queue.TaskQueue;
import dev.facefusion.runtime.queue.TaskResult;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /v1/swap`:
///
/// 1. refuse what can be refused without reading the body;
/// 2. reserve memory for the body, read it, take it apart;
/// 3. queue the task and wait for its result, or for the deadline;
/// 4. answer.
///
/// The log gets one line per task: never a picture, a file name or anything about a face.
public final class SwapHandler implements Handler {

    private static final Logger log = LoggerFactory.getLogger(SwapHandler.class);

    private final TaskQueue queue;
    private final UploadBudget uploads;
    private final TaskServer.Limits limits;

    private SwapHandler(TaskQueue queue, UploadBudget uploads, TaskServer.Limits limits) {
        this.queue = queue;
        this.uploads = uploads;
        this.limits = limits;
    }

    public static Endpoint endpoint(TaskQueue queue, TaskServer.Limits limits) {
        var uploads = UploadBudget.ofHeap(Runtime.getRuntime().maxMemory(), limits.maxBodyBytes());
        return new Endpoint(Method.POST, "/v1/swap", new SwapHandler(queue, uploads, limits));
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws Exception {
        var rejected = queue.refusal();
        if (rejected.isPresent()) {
            throw refused(rejected.get());
        }
        var boundary = boundary(request);
        try (var _ = reserve(request, uploads, limits)) {
            var swapped = swap(request, boundary);
            log.atInfo()
                    .addKeyValue("requestId", RequestId.of(request))
                    .addKeyValue("width", swapped.width())
                    .addKeyValue("height", swapped.height())
                    .addKeyValue("faces", swapped.targetFaces())
                    .addKeyValue("durationMillis", swapped.elapsed().toMillis())
                    .log("Task done");
            Responses.send(request, response, 200, swapped.format().mediaType(), swapped.image());
        }
    }

    // A chunked body does not say its size: it may take what a body may take.
    static Reservation reserve(
            ServerRequest request, UploadBudget uploads, TaskServer.Limits limits) {
        var bytes = request.headers().contentLength().orElse(limits.maxBodyBytes());
        return uploads.reserve(bytes)
                .orElseThrow(() -> new RequestRefused(new Refusal.UploadsFull()));
    }

    static String boundary(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.CONTENT_TYPE)
                .flatMap(Multipart::boundary)
                .orElseThrow(() -> new RequestRefused(new Refusal.NotAForm()));
    }

    private Swapped swap(ServerRequest request, String boundary) throws InterruptedException {
        var form = SwapForm.read(Multipart.parse(body(request), boundary));
        return switch (queue.submit(RequestId.of(request), form)) {
            case Admission.Accepted(var task) -> picture(queue.await(task, limits.taskTimeout()));
            case Admission.Rejected why -> throw refused(why);
        };
    }

    static byte[] body(ServerRequest request) {
        try (var body = request.content().inputStream()) {
            return body.readAllBytes();
        } catch (IOException | UncheckedIOException | InsufficientDataAvailableException e) {
            throw new CloseConnectionException("the client hung up or fell silent", e);
        }
    }

    private Swapped picture(TaskResult result) {
        return switch (result) {
            case TaskResult.Done(Swapped swapped) -> swapped;
            case TaskResult.Done(NoFace(var input)) ->
                    throw new RequestRefused(new Refusal.NoFace(input));
            case TaskResult.Done(BadMedia(var input, var fault, var detail)) ->
                    throw new RequestRefused(new Refusal.BadMedia(input, fault, detail));
            case TaskResult.Failed _ -> throw new RequestRefused(new Refusal.Defect());
            case TaskResult.Expired _ ->
                    throw new RequestRefused(new Refusal.TimedOut(limits.taskTimeout()));
            case TaskResult.Abandoned _ -> throw new RequestRefused(new Refusal.Draining());
        };
    }

    private static RequestRefused refused(Admission.Rejected why) {
        return new RequestRefused(
                switch (why) {
                    case Admission.QueueFull(var capacity) -> new Refusal.QueueFull(capacity);
                    case Admission.NotReady _ -> new Refusal.NotReady();
                    case Admission.Draining _ -> new Refusal.Draining();
                });
    }
}
