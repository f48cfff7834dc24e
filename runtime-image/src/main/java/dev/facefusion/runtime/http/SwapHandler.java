package dev.facefusion.runtime.http;

import dev.facefusion.runtime.audit.AuditLog;
import dev.facefusion.runtime.engine.SwapOutcome.BadMedia;
import dev.facefusion.runtime.engine.SwapOutcome.BadOption;
import dev.facefusion.runtime.engine.SwapOutcome.NoFace;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.media.MediaKind;
import dev.facefusion.runtime.queue.Admission;
import dev.facefusion.runtime.queue.Assignment;
import dev.facefusion.runtime.queue.Lane;
import dev.facefusion.runtime.queue.Order;
import dev.facefusion.runtime.queue.Task;
import dev.facefusion.runtime.queue.TaskObserver;
import dev.facefusion.runtime.queue.TaskQueue;
import dev.facefusion.runtime.queue.TaskResult;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /v1/swap`:
///
/// 1. refuse what can be refused without reading the body;
/// 2. reserve disk for the body, and stream its parts to files;
/// 3. queue the task and wait for its result, or for the client to hang up;
/// 4. answer.
///
/// The log gets one line per task: never a picture, a file name or anything about a face.
public final class SwapHandler implements Handler {

    private static final Logger log = LoggerFactory.getLogger(SwapHandler.class);

    // A client that hangs up is noticed within this time.
    private static final Duration GLANCE_PERIOD = Duration.ofMillis(250);

    private final TaskQueue queue;
    private final FormReceiver forms;
    private final AuditLog audit;
    private final Duration taskTimeout;

    private SwapHandler(TaskQueue queue, FormReceiver forms, AuditLog audit, Duration taskTimeout) {
        this.queue = queue;
        this.forms = forms;
        this.audit = audit;
        this.taskTimeout = taskTimeout;
    }

    public static Endpoint endpoint(
            TaskQueue queue, FormReceiver forms, AuditLog audit, Duration taskTimeout) {
        return new Endpoint(
                Method.POST, "/v1/swap", new SwapHandler(queue, forms, audit, taskTimeout));
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws Exception {
        var terms = Terms.of(request, Lane.INTERACTIVE, taskTimeout);
        queue.refusal(terms.lane())
                .ifPresent(why -> {
                    throw new RequestRefused(Refusal.of(why));
                });
        FormReceiver.boundary(request);
        try (var upload = forms.reserve(request)) {
            var form = forms.receiveSwap(request, upload);
            if (form.kind() == MediaKind.VIDEO) {
                throw new RequestRefused(new Refusal.VideoNeedsJob());
            }
            form.audit(audit, RequestId.of(request));
            var swapped = swap(request, form, terms);
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

    private Swapped swap(ServerRequest request, SwapForm form, Terms terms)
            throws InterruptedException {
        var order =
                new Order(
                        RequestId.of(request),
                        Client.of(request).name(),
                        terms.lane(),
                        new Assignment.OfPicture(form.request()),
                        terms.patience(),
                        TaskObserver.NONE);
        return switch (queue.submit(order)) {
            case Admission.Accepted(var task) -> picture(await(request, task), terms);
            case Admission.Rejected why -> throw new RequestRefused(Refusal.of(why));
        };
    }

    // Nobody waits for a client that is gone: its task gives its place, or its worker, to another.
    private TaskResult await(ServerRequest request, Task task) throws InterruptedException {
        var connection = ClientSockets.of(request);
        while (true) {
            var result = queue.await(task, GLANCE_PERIOD);
            if (result.isPresent()) {
                return result.get();
            }
            if (connection.isPresent() && connection.get().hungUp()) {
                queue.cancel(task);
                log.atInfo().addKeyValue("requestId", RequestId.of(request)).log("Client hung up");
                throw new CloseConnectionException("the client hung up while its task waited");
            }
        }
    }

    private static Swapped picture(TaskResult result, Terms terms) {
        return switch (result) {
            case TaskResult.Done(Swapped swapped) -> swapped;
            case TaskResult.Done(NoFace(var input)) ->
                    throw new RequestRefused(new Refusal.NoFace(input));
            case TaskResult.Done(BadMedia(var input, var fault, var detail)) ->
                    throw new RequestRefused(new Refusal.BadMedia(input, fault, detail));
            case TaskResult.Done(BadOption(var option, var expected)) ->
                    throw new RequestRefused(new Refusal.OptionUnavailable(option, expected));
            case TaskResult.Filmed _ ->
                    throw new IllegalStateException("a video came of a picture");
            case TaskResult.Failed _ -> throw new RequestRefused(new Refusal.Defect());
            case TaskResult.OutOfMemory _ -> throw new RequestRefused(Refusal.outOfMemory());
            case TaskResult.Expired _ ->
                    throw new RequestRefused(new Refusal.TimedOut(terms.patience()));
            case TaskResult.Cancelled _ -> throw new RequestRefused(new Refusal.Cancelled());
            case TaskResult.Abandoned _ -> throw new RequestRefused(new Refusal.Draining());
        };
    }
}
