package dev.facefusion.runtime.http;

import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.media.MediaFault;
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

    record NoSuchPath(List<String> known) implements Refusal {}

    record WrongMethod(String allowed) implements Refusal {}

    record BodyTooLarge(long maxBytes) implements Refusal {}

    record NotAForm() implements Refusal {}

    record NoFace(Input input) implements Refusal {}

    record BadMedia(Input input, MediaFault fault, String detail) implements Refusal {}

    /// The file of a form that takes one file.
    record BadFile(MediaFault fault, String detail) implements Refusal {}

    record QueueFull(int capacity) implements Refusal {}

    record UploadsFull() implements Refusal {}

    record NotReady() implements Refusal {}

    record Draining() implements Refusal {}

    record TimedOut(Duration limit) implements Refusal {}

    /// A defect. The log has the cause; the client gets the request's id only.
    record Defect() implements Refusal {}
}
