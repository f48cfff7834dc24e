package dev.facefusion.runtime.jobs;

import java.time.Instant;

/// What is known of a result's file.
///
/// @param bytes its length
/// @param sha256 of its content, in lower-case hexadecimal digits
/// @param expiresAt when it is deleted at the latest
public record JobResult(String mediaType, long bytes, String sha256, Instant expiresAt) {}
