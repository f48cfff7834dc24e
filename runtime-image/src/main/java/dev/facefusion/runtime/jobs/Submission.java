package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.video.VideoOptions;
import dev.facefusion.runtime.queue.Lane;
import dev.facefusion.runtime.upload.StoredFile;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a request asks to become a job.
///
/// @param film how the video is written that the target is; `null` where it is a picture
/// @param sources files that the job may take away, on the same disk as the jobs' directory
/// @param target likewise
/// @param patience from now to the end
/// @param key the client's own name for this wish; `null` if it has none
public record Submission(
        String requestId,
        String client,
        Lane lane,
        SwapOptions options,
        @Nullable VideoOptions film,
        List<StoredFile> sources,
        StoredFile target,
        Duration patience,
        @Nullable String key) {

    public Submission {
        sources = List.copyOf(sources);
    }

    long inputBytes() {
        return target.bytes() + sources.stream().mapToLong(StoredFile::bytes).sum();
    }
}
