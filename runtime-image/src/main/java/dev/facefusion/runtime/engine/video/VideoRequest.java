package dev.facefusion.runtime.engine.video;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// One video task.
///
/// @param sound a file whose sound the result has, from its start, instead of the source's
/// @param output where the result goes; a file of that name is replaced when the task is done, not
///   before
/// @param container what it is written as, whatever its name
/// @param metadata JSON that is written into the container, by key, where it has room for that
public record VideoRequest(
        VideoSource source,
        Optional<Path> sound,
        Path output,
        Container container,
        VideoOptions options,
        Map<String, String> metadata,
        FinishingTouch finishingTouch) {

    public VideoRequest {
        metadata = Map.copyOf(metadata);
        if (metadata.keySet().stream().anyMatch(key -> key.isEmpty() || key.contains("="))) {
            throw new IllegalArgumentException("a key of metadata is empty or has a '='");
        }
    }

    /// With the container that the output's ending names.
    ///
    /// @throws IllegalArgumentException if it names none
    public VideoRequest(
            VideoSource source,
            Path output,
            VideoOptions options,
            Map<String, String> metadata,
            FinishingTouch finishingTouch) {
        this(
                source,
                Optional.empty(),
                output,
                container(output),
                options,
                metadata,
                finishingTouch);
    }

    public VideoRequest(VideoSource source, Path output, VideoOptions options) {
        this(source, output, options, Map.of(), FinishingTouch.NONE);
    }

    /// With the sound of another file.
    public VideoRequest with(Optional<Path> other) {
        return new VideoRequest(
                source, other, output, container, options, metadata, finishingTouch);
    }

    private static Container container(Path output) {
        return Container.of(output)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "%s does not end as a video does: avi, m4v, mkv, mov, mp4, mpeg, mxf, webm or wmv"
                                        .formatted(output.getFileName())));
    }
}
