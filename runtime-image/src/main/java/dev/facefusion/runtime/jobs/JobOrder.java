package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.video.VideoOptions;
import dev.facefusion.runtime.queue.Lane;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a client wants done. It never changes.
///
/// @param id cannot be guessed
/// @param number grows with every accepted job: the order in which they are carried out again
/// @param client whose job it is; nobody else can see it
/// @param requestId of the request that brought it
/// @param film how the video is written that the target is; `null` where it is a picture
/// @param inputBytes of all its files together
/// @param key by which its client can ask for it again; `null` if the client gave none
/// @param patience from its creation to its end
public record JobOrder(
        String id,
        long number,
        String client,
        String requestId,
        Lane lane,
        SwapOptions options,
        @Nullable VideoOptions film,
        long inputBytes,
        @Nullable IdempotencyKey key,
        Instant createdAt,
        Duration patience) {

    private static final String VIDEO = "video/mp4";

    /// Of the result.
    String mediaType() {
        return film == null ? options.outputFormat().mediaType() : VIDEO;
    }

    JobOrder numbered(long newNumber) {
        return new JobOrder(
                id,
                newNumber,
                client,
                requestId,
                lane,
                options,
                film,
                inputBytes,
                key,
                createdAt,
                patience);
    }
}
