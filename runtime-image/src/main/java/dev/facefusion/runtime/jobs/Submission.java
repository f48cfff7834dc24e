package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.queue.Lane;
import dev.facefusion.runtime.upload.StoredFile;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a request asks to become a job.
///
/// @param source a file that the job may take away, on the same disk as the jobs' directory
/// @param target likewise
/// @param patience from now to the end
/// @param key the client's own name for this wish; `null` if it has none
public record Submission(
        String requestId,
        String client,
        Lane lane,
        SwapOptions options,
        StoredFile source,
        StoredFile target,
        Duration patience,
        @Nullable String key) {}
