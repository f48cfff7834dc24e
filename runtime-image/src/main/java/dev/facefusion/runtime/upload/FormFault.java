package dev.facefusion.runtime.upload;

/// Why a form cannot be received.
public sealed interface FormFault {

    /// It is not the multipart form that its content type promises.
    ///
    /// @param detail one sentence for a person
    record Malformed(String detail) implements FormFault {}

    /// It has a part that nobody asked for. Its name is not repeated: it is the client's text.
    record UnknownPart() implements FormFault {}

    /// More parts of one name than there may be.
    record RepeatedPart(String name) implements FormFault {}

    /// A text is longer than its kind ever is.
    record FieldTooLarge(String name, int maxBytes) implements FormFault {}

    /// It is larger than its length said, or than any may be.
    record TooLarge(long maxBytes) implements FormFault {}

    /// The disk is full, whatever the budget says.
    record DiskFull() implements FormFault {}
}
