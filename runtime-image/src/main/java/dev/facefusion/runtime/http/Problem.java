package dev.facefusion.runtime.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.media.MediaFault;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoFault;
import dev.facefusion.runtime.jobs.JobState.Removal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An error as RFC 9457 puts it on the wire, and the one place that maps each [Refusal] to it.
///
/// @param type a URI reference that names the kind of problem and never changes
/// @param detail what is wrong with this request
/// @param remedy what the client can do
/// @param instance the request: the id that is also in the response's header and in the log
/// @param headers that go with it
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String remedy,
        String instance,
        @JsonProperty("request_id") String requestId,
        @JsonIgnore Map<String, String> headers) {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final Map<String, String> NO_HEADERS = Map.of();
    private static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "1");
    private static final Map<String, String> RETRY_LATER = Map.of("Retry-After", "5");
    private static final long MEBIBYTE = 1024L * 1024;

    private static final String LOOK_AT_LOG =
            "Report the request id: the log of the runtime has the cause.";

    static Problem of(Refusal refusal, String requestId) {
        return text(refusal).toProblem(requestId);
    }

    private static Text text(Refusal refusal) {
        return switch (refusal) {
            case Refusal.BadRequest(var detail) ->
                    new Text(400, "bad-request", detail, "Send a well-formed HTTP/1.1 request.");
            case Refusal.MalformedForm(var detail) ->
                    new Text(
                            400,
                            "malformed-form",
                            detail,
                            "Send the body as your HTTP library builds it for a multipart form.");
            case Refusal.MissingPart(var name) ->
                    new Text(
                            400,
                            "missing-part",
                            "The form has no part named " + name + ".",
                            "Send it; GET /openapi.yaml says what each form consists of.");
            case Refusal.RepeatedPart(var name) ->
                    new Text(
                            400,
                            "repeated-part",
                            "The form has more than one part named " + name + ".",
                            "Send each part once; only source may come several times, up to 8.");
            case Refusal.UnknownPart(var known) ->
                    new Text(
                            400,
                            "unknown-part",
                            "The form has a part that is not known.",
                            "Send only the parts " + list(known) + ".");
            case Refusal.UnknownOption(var name, var known) ->
                    new Text(
                            400,
                            "unknown-option",
                            "There is no option named " + name + ".",
                            "Use only the options " + list(known) + ".");
            case Refusal.BadOption(var name, var expected) ->
                    new Text(
                            400,
                            "bad-option",
                            "The value of " + name + " cannot be used.",
                            "Set " + name + " to " + expected + ", or leave it out.");
            case Refusal.BadHeader(var name, var expected) ->
                    new Text(
                            400,
                            "bad-header",
                            "The value of the header " + name + " cannot be used.",
                            "Set " + name + " to " + expected + ", or leave it out.");
            case Refusal.FieldTooLarge(var name, var max) ->
                    new Text(
                            400,
                            "field-too-large",
                            "The part %s has more than %d KiB.".formatted(name, max / 1024),
                            "Send a shorter " + name + ".");
            case Refusal.ConsentRequired() ->
                    new Text(
                            400,
                            "consent-required",
                            "The form has no part consent of 1 to 256 characters.",
                            "Send as consent where the consent of the people shown is recorded, such as the number of a release.");
            case Refusal.TooSlow() ->
                    new Text(
                            408,
                            "too-slow",
                            "The request did not arrive fast enough.",
                            "Send it at once, over a connection that holds its pace.");
            case Refusal.UriTooLong(var max) ->
                    new Text(
                            414,
                            "uri-too-long",
                            "The request line is longer than %d bytes.".formatted(max),
                            "Send a shorter path and query.");
            case Refusal.TooManyConnections() ->
                    new Text(
                            429,
                            "too-many-connections",
                            "Too many connections are open from this address.",
                            "Use fewer connections, one request after the other on each.",
                            RETRY_SOON);
            case Refusal.HttpNotSupported() ->
                    new Text(
                            501,
                            "http-not-supported",
                            "The request uses HTTP in a way that is not supported.",
                            "Use HTTP/1.1, and no transfer encoding but chunked.");
            case Refusal.Unauthenticated(var challenge) ->
                    new Text(
                            401,
                            "unauthenticated",
                            "The request shows no key or token that opens this API.",
                            "Send one key or token as Authorization: Bearer, or a key as X-Api-Key.",
                            Map.of("WWW-Authenticate", "Bearer realm=\"facefusion\"" + challenge));
            case Refusal.IssuerUnreachable() ->
                    new Text(
                            503,
                            "issuer-unreachable",
                            "The token cannot be checked: its issuer's keys cannot be read.",
                            "Try again after the time that Retry-After says.",
                            RETRY_LATER);
            case Refusal.AddressNotAllowed() ->
                    new Text(
                            403,
                            "address-not-allowed",
                            "Requests from this address are not taken.",
                            "Use a network that ALLOWED_CIDRS names, or have it name yours.");
            case Refusal.BadForwarding(var header) ->
                    new Text(
                            400,
                            "bad-forwarding",
                            "The header %s does not name the client's address.".formatted(header),
                            "Have the proxy in front of the runtime set it.");
            case Refusal.NoSuchPath(var known) ->
                    new Text(
                            404,
                            "no-such-path",
                            "There is nothing at this path.",
                            "Use " + list(known) + ".");
            case Refusal.NoSuchModel() ->
                    new Text(
                            404,
                            "no-such-model",
                            "There is no model of this name.",
                            "Use a name that GET /v2/models lists.");
            case Refusal.WrongMethod(var allowed) ->
                    new Text(
                            405,
                            "wrong-method",
                            "This path does not answer this method.",
                            "Use " + allowed + ".",
                            Map.of("Allow", allowed));
            case Refusal.BodyTooLarge(var max) ->
                    new Text(
                            413,
                            "body-too-large",
                            "The body is larger than %d MiB.".formatted(max / MEBIBYTE),
                            "Send smaller images, or have MAX_BODY_MEGABYTES raised.");
            case Refusal.NotAForm() ->
                    new Text(
                            415,
                            "not-a-form",
                            "The body is not multipart/form-data with a boundary.",
                            "Send source and target as parts of a multipart form.");
            case Refusal.OptionUnavailable(var name, var expected) ->
                    new Text(
                            422,
                            "option-unavailable",
                            "The models of this server cannot do what %s asks for.".formatted(name),
                            "Set " + name + " to " + expected + ", or leave it out.");
            case Refusal.NoFace(var input) ->
                    new Text(
                            422,
                            "no-face",
                            "No face was found in the " + name(input) + ".",
                            "Use an image with a larger, upright, well-lit face.");
            case Refusal.BadMedia(var input, var fault, var detail) ->
                    badMedia(name(input), fault, detail);
            case Refusal.BadVideo(var fault, var detail) -> badVideo(fault, detail);
            case Refusal.VideoNeedsJob() ->
                    new Text(
                            415,
                            "video-needs-job",
                            "The target is a video, for which nobody can wait at a request.",
                            "Send it to POST /v1/jobs, and follow the job's events.");
            case Refusal.NoVideos() ->
                    new Text(
                            415,
                            "videos-not-served",
                            "The target is a video, and this server takes none: it has no ffmpeg.",
                            "Send a picture, or have ffmpeg 5.1 or newer installed beside the runtime.");
            case Refusal.VideoFailed(var detail) ->
                    new Text(
                            500,
                            "video-failed",
                            detail,
                            "Send it again; if it fails again, encode it anew or report the"
                                    + " request id.");
            case Refusal.BadFile(var fault, var detail) -> badMedia("file", fault, detail);
            case Refusal.QueueFull(var capacity, var retryAfter) ->
                    new Text(
                            429,
                            "queue-full",
                            "All places for waiting tasks that you can have are taken; there are %d."
                                    .formatted(capacity),
                            "Try again after the time that Retry-After says.",
                            retryAfter(retryAfter));
            case Refusal.UploadsFull() ->
                    new Text(
                            429,
                            "uploads-full",
                            "The disk space for uploads is in use.",
                            "Try again after the time that Retry-After says.",
                            RETRY_SOON);
            case Refusal.MemoryFull(var retryAfter) ->
                    new Text(
                            429,
                            "memory-full",
                            "The device's memory is in use.",
                            "Try again after the time that Retry-After says.",
                            retryAfter(retryAfter));
            case Refusal.TooCostly(var detail) ->
                    new Text(
                            507,
                            "not-enough-memory",
                            detail,
                            "Send smaller images, or give the runtime more memory.");
            case Refusal.DiskFull() ->
                    new Text(
                            507,
                            "disk-full",
                            "The disk of this instance is full.",
                            "Try again: another instance may have room.",
                            RETRY_LATER);
            case Refusal.NoSuchJob() ->
                    new Text(
                            404,
                            "no-such-job",
                            "This instance has no such job of this client.",
                            "Ask the instance that accepted the job, as the client that sent it; a"
                                    + " job is forgotten some time after it has ended.");
            case Refusal.NotFinished() ->
                    new Text(
                            409,
                            "job-not-finished",
                            "The job has not ended.",
                            "Follow its events, or ask again later.");
            case Refusal.NoResult(var state) ->
                    new Text(
                            409,
                            "job-without-result",
                            "The job is " + state + ": there is no result.",
                            "Look at the job: if it failed, its problem says why.");
            case Refusal.ResultGone(var why) ->
                    new Text(410, "result-expired", gone(why), "Send the job again.");
            case Refusal.BeyondTheEnd(var bytes) ->
                    new Text(
                            416,
                            "beyond-the-end",
                            "The result has %d bytes, and the range begins after them."
                                    .formatted(bytes),
                            "Ask for a range within the result.",
                            Map.of("Content-Range", "bytes */" + bytes));
            case Refusal.KeyReused() ->
                    new Text(
                            422,
                            "idempotency-key-reused",
                            "This Idempotency-Key belongs to a job with other pictures or options.",
                            "Use a new key for every new job, and the same one only to repeat a"
                                    + " request.");
            case Refusal.StreamsFull(var max) ->
                    new Text(
                            429,
                            "streams-full",
                            "%d clients follow events already.".formatted(max),
                            "Ask for the job itself now and then, or try again later.",
                            RETRY_LATER);
            case Refusal.NotAcceptable(var mediaType) ->
                    new Text(
                            406,
                            "not-acceptable",
                            "The answer is " + mediaType + ", which Accept leaves out.",
                            "Accept " + mediaType + ".");
            case Refusal.JobsFull(var budgetBytes) ->
                    new Text(
                            507,
                            "jobs-full",
                            "The files of the jobs would take more than %d MiB."
                                    .formatted(budgetBytes / MEBIBYTE),
                            "Try again when other jobs have ended, or have JOB_DISK_MEGABYTES"
                                    + " raised.",
                            RETRY_LATER);
            case Refusal.AuditFailed() ->
                    new Text(
                            507,
                            "audit-failed",
                            "The audit log cannot be written, and nothing is done without it.",
                            "Have the disk of AUDIT_LOG looked at.",
                            RETRY_LATER);
            case Refusal.JobDiskFailed() ->
                    new Text(
                            507,
                            "job-disk-failed",
                            "The files of the job could not be written or read.",
                            "Try again; if it happens again, have the disk of WORK_DIR looked at.",
                            RETRY_LATER);
            case Refusal.Interrupted(var attempts) ->
                    new Text(
                            500,
                            "interrupted",
                            "The process ended while the job ran, %d times.".formatted(attempts),
                            "Send other pictures, or report the request id.");
            case Refusal.NotReady() ->
                    new Text(
                            503,
                            "not-ready",
                            "The models are not loaded.",
                            "Try again when /ready answers 200.",
                            RETRY_LATER);
            case Refusal.Draining() ->
                    new Text(
                            503,
                            "draining",
                            "This instance is ending and takes no more tasks.",
                            "Try again: another instance will answer.",
                            RETRY_SOON);
            case Refusal.TimedOut(var limit) ->
                    new Text(
                            504,
                            "timed-out",
                            "The task was not done within %d ms.".formatted(limit.toMillis()),
                            "Try again when fewer tasks are waiting, or with a later deadline.",
                            RETRY_LATER);
            case Refusal.Cancelled() ->
                    new Text(
                            409,
                            "cancelled",
                            "The task was cancelled.",
                            "Send it again if it is still wanted.");
            case Refusal.Defect() ->
                    new Text(500, "defect", "The runtime failed on this request.", LOOK_AT_LOG);
        };
    }

    private static Map<String, String> retryAfter(Duration time) {
        return Map.of("Retry-After", Long.toString(Math.max(1, time.toSeconds())));
    }

    private static String gone(Removal why) {
        return switch (why) {
            case EXPIRED -> "The time for which the result is kept is over.";
            case EVICTED -> "The result was removed to make room for those of newer jobs.";
            case DELETED -> "The result was deleted.";
        };
    }

    private static Text badMedia(String input, MediaFault fault, String why) {
        var detail = "The %s cannot be used: %s".formatted(input, why);
        return switch (fault) {
            case EMPTY -> new Text(422, "empty-image", detail, "Send the " + input + "'s bytes.");
            case TRUNCATED ->
                    new Text(
                            422,
                            "truncated-image",
                            detail,
                            "Send the whole " + input + ": the file ends or breaks too early.");
            case TOO_LARGE ->
                    new Text(413, "image-too-large", detail, "Scale the " + input + " down.");
            case NOT_AN_IMAGE, UNSUPPORTED ->
                    new Text(
                            415,
                            "unsupported-image",
                            detail,
                            "Send the " + input + " as JPEG, PNG or WebP.");
        };
    }

    private static Text badVideo(VideoFault fault, String why) {
        var detail = "The target cannot be used: " + why;
        return switch (fault) {
            case TRUNCATED ->
                    new Text(
                            422,
                            "truncated-video",
                            detail,
                            "Send the whole video: the file ends or breaks too early.");
            case TOO_LARGE ->
                    new Text(
                            413,
                            "video-too-large",
                            detail,
                            "Send a shorter or smaller video, trim it, or have the limit raised.");
            case EMPTY, NO_VIDEO, NO_FRAMES ->
                    new Text(
                            422,
                            "no-frames",
                            detail,
                            "Send a video with pictures, and trim it to a part that there is.");
            case NOT_A_VIDEO, UNSUPPORTED ->
                    new Text(
                            415,
                            "unsupported-video",
                            detail,
                            "Send the video as MP4 with H.264, or another encoder if one was asked for.");
        };
    }

    private static String name(Input input) {
        return input.name().toLowerCase(Locale.ROOT);
    }

    private static String list(List<String> names) {
        return String.join(", ", names);
    }

    /// The part of a problem that depends on the refusal only.
    private record Text(
            int status, String kind, String detail, String remedy, Map<String, String> headers) {

        private Text(int status, String kind, String detail, String remedy) {
            this(status, kind, detail, remedy, NO_HEADERS);
        }

        private Problem toProblem(String requestId) {
            return new Problem(
                    "urn:facefusion:problem:" + kind,
                    title(),
                    status,
                    detail,
                    remedy,
                    "urn:facefusion:request:" + requestId,
                    requestId,
                    headers);
        }

        // RFC 9457: the same for every occurrence of the type.
        private String title() {
            var words = kind.replace('-', ' ');
            return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        }
    }
}
