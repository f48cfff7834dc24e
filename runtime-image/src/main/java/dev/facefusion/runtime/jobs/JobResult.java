package dev.facefusion.runtime.jobs;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.facefusion.runtime.engine.video.Alteration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// What is known of a result's file.
///
/// @param bytes its length
/// @param sha256 of its content, in lower-case hexadecimal digits
/// @param expiresAt when it is deleted at the latest
/// @param alterations what a video lost on the way; none is known of a result that outlived the
///   process which made it before its end was written
public record JobResult(
        String mediaType,
        long bytes,
        String sha256,
        Instant expiresAt,
        // A journal of before has none.
        @JsonSetter(nulls = Nulls.AS_EMPTY) Set<Alteration> alterations) {

    /// One that lost nothing, as far as is known.
    public JobResult(String mediaType, long bytes, String sha256, Instant expiresAt) {
        this(mediaType, bytes, sha256, expiresAt, Set.of());
    }

    public JobResult {
        alterations = Collections.unmodifiableSortedSet(new TreeSet<>(alterations));
    }
}
