package dev.facefusion.runtime.engine.analyse;

import java.util.List;

/// The faces of a frame and of as many frames before it as after it, in the video's order. A frame
/// that there is not has none.
public record FaceWindow(List<List<Face>> frames) {

    public FaceWindow {
        frames = List.copyOf(frames);
        if (frames.size() % 2 == 0) {
            throw new IllegalArgumentException(
                    "no frame of %d is the middle".formatted(frames.size()));
        }
    }

    /// A frame alone.
    public static FaceWindow of(List<Face> faces) {
        return new FaceWindow(List.of(faces));
    }

    /// Those of the frame that all is about.
    public List<Face> faces() {
        return frames.get(middle());
    }

    /// The index of the frame that all is about.
    int middle() {
        return frames.size() / 2;
    }
}
