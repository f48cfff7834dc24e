package dev.facefusion.runtime.engine.options;

/// How the faces of a video are tracked from frame to frame; without meaning for a picture.
///
/// @param score what the overlap of a face with where it was must exceed, as intersection over
///   union; above 0, to 0.5
/// @param frames how many frames before and after each are looked at, 0 to 10
public record TrackerOptions(double score, int frames) {

    public TrackerOptions {
        if (!(score > 0 && score <= 0.5)) {
            throw new IllegalArgumentException(
                    "face_tracker_score is not above 0 and up to 0.5: " + score);
        }
        Limits.within("target_frame_amount", frames, 0, 10);
    }
}
