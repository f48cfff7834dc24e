package dev.facefusion.runtime.engine;

import java.nio.file.Path;
import java.util.List;

/// One task: put the face of the sources onto the faces of the target.
///
/// @param sources files of encoded pictures, all of one person, at least one when the options swap;
///   else they are looked at only for filters that follow the source. Sound among them is a
///   video's, and means nothing to a picture
/// @param target file of an encoded picture; the result has its size
public record SwapRequest(List<Path> sources, Path target, SwapOptions options) {

    public SwapRequest {
        sources = List.copyOf(sources);
        if (sources.isEmpty() && options.swaps()) {
            throw new IllegalArgumentException("sources is empty");
        }
    }

    /// With one source.
    public SwapRequest(Path source, Path target, SwapOptions options) {
        this(List.of(source), target, options);
    }
}
