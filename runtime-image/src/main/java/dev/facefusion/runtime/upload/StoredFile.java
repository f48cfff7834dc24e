package dev.facefusion.runtime.upload;

import java.nio.file.Path;

/// A part's content.
///
/// @param sha256 of the content, 64 lower-case hexadecimal digits
public record StoredFile(Path path, long bytes, String sha256) {}
