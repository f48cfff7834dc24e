package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.video.VideoOptions;
import java.nio.file.Path;

/// What an engine is to do.
public sealed interface Assignment {

    /// One picture, which is handed back.
    record OfPicture(SwapRequest request) implements Assignment {}

    /// A video, which becomes a file.
    ///
    /// @param request its target is the video
    /// @param output where the result goes, an MP4 whatever its name; nothing is there under that
    ///   name before it is whole
    record OfVideo(SwapRequest request, VideoOptions options, Path output) implements Assignment {}
}
