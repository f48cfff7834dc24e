package dev.facefusion.runtime.http;

import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.media.MediaFault;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoFault;
import dev.facefusion.runtime.jobs.JobState.Removal;
import dev.facefusion.runtime.queue.Admission;
import java.time.Duration;
import java.util.List;

/// Every reason why a request is not answered with what it asked for. [Problem] says how each looks
/// on the wire.
sealed interface Refusal {

    /// The request breaks HTTP.
    record BadRequest(String detail) implements Refusal {}

    /// The body is not the multipart form that its content type promises.
    record MalformedForm(String detail) implements Refusal {}

    record MissingPart(String name) implements Refusal {}

    record RepeatedPart(String name) implements Refusal {}

    record UnknownPart(List<String> known) implements Refusal {}

    record UnknownOption(String name, List<String> known) implements Refusal {}

    record BadOption(String name, String expected) implements Refusal {}

    /// An option is well-formed, and the models of this server cannot do what it asks for.
    record OptionUnavailable(String name, String expected) implements Refusal {}

    record BadHeader(String name, String expected) implements Refusal {}

    record FieldTooLarge(String name, int maxBytes) implements Refusal {}

    /// The form has no reference to the consent of the people shown, or none that can be one.
    record ConsentRequired() implements Refusal {}

    /// The audit log cannot be written.
    record AuditFailed() implements Refusal {}

    record UriTooLong(int maxBytes) implements Refusal {}

    /// HTTP that is well-formed and that the server does not speak.
    record HttpNotSupported() implements Refusal {}

    /// The request did not come fast enough.
    record TooSlow() implements Refusal {}

    record TooManyConnections() implements Refusal {}

    /// Nobody whom the runtime knows sent the request.
    ///
    /// @param challenge what `WWW-Authenticate` says after the scheme
    record Unauthenticated(String challenge) implements Refusal {}

    record IssuerUnreachable() implements Refusal {}

    record AddressNotAllowed() implements Refusal {}

    /// A trusted proxy sent a header that does not say for whom it asks.
    record BadForwarding(String header) implements Refusal {}

    record NoSuchPath(List<String> known) implements Refusal {}

    record NoSuchModel() implements Refusal {}

    record WrongMethod(String allowed) implements Refusal {}

    record BodyTooLarge(long maxBytes) implements Refusal {}

    record NotAForm() implements Refusal {}

    record NoFace(Input input) implements Refusal {}

    record BadMedia(Input input, MediaFault fault, String detail) implements Refusal {}

    /// The target is a video that cannot be used.
    record BadVideo(VideoFault fault, String detail) implements Refusal {}

    /// The target is a video where somebody waits for a picture.
    record VideoNeedsJob() implements Refusal {}

    /// The target is a video, and there is no ffmpeg.
    record NoVideos() implements Refusal {}

    /// ffmpeg crashed or complained, or the video's own time was up.
    record VideoFailed(String detail) implements Refusal {}

    /// The file of a form that takes one file.
    record BadFile(MediaFault fault, String detail) implements Refusal {}

    record QueueFull(int capacity, Duration retryAfter) implements Refusal {}

    /// The budget for uploads is used up, by requests that will give it back.
    record UploadsFull() implements Refusal {}

    /// The disk itself is full.
    record DiskFull() implements Refusal {}

    /// A task like this one never fits into this process's memory.
    record TooCostly(String detail) implements Refusal {}

    /// A task that was let in, and filled the heap.
    static Refusal outOfMemory() {
        return new TooCostly("The task needs more memory than the runtime has.");
    }

    /// The device's memory is in use.
    record MemoryFull(Duration retryAfter) implements Refusal {}

    /// No such job, or one of another client: nobody can tell which.
    record NoSuchJob() implements Refusal {}

    /// The job's result is asked for too early.
    record NotFinished() implements Refusal {}

    /// The job has ended and will never have a result.
    ///
    /// @param state in which it ended
    record NoResult(String state) implements Refusal {}

    /// The job had a result.
    record ResultGone(Removal why) implements Refusal {}

    /// A range was asked for that the result does not reach.
    record BeyondTheEnd(long bytes) implements Refusal {}

    /// The client's idempotency key belongs to another request of it.
    record KeyReused() implements Refusal {}

    /// The files of jobs have no room left.
    record JobsFull(long budgetBytes) implements Refusal {}

    /// The files of a job could not be written or read.
    record JobDiskFailed() implements Refusal {}

    /// The process ended while the job ran, as often as a job may be begun.
    record Interrupted(int attempts) implements Refusal {}

    /// As many clients follow events as may.
    record StreamsFull(int max) implements Refusal {}

    /// The client does not take what there is.
    record NotAcceptable(String mediaType) implements Refusal {}

    record NotReady() implements Refusal {}

    record Draining() implements Refusal {}

    record TimedOut(Duration limit) implements Refusal {}

    /// The task was cancelled while its client waited.
    record Cancelled() implements Refusal {}

    /// A defect. The log has the cause; the client gets the request's id only.
    record Defect() implements Refusal {}

    /// Why the queue does not take a task.
    static Refusal of(Admission.Rejected why) {
        return switch (why) {
            case Admission.QueueFull(var capacity, var retryAfter) ->
                    new QueueFull(capacity, retryAfter);
            case Admission.TooLarge(var input, var detail) ->
                    new BadMedia(input, MediaFault.TOO_LARGE, detail);
            case Admission.TooCostly(var detail) -> new TooCostly(detail);
            case Admission.MemoryFull(var retryAfter) -> new MemoryFull(retryAfter);
            case Admission.NotReady _ -> new NotReady();
            case Admission.Draining _ -> new Draining();
        };
    }
}
