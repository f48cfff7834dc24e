package dev.facefusion.runtime.engine.options;

/// How the faces of a video are tracked from frame to frame; without meaning for a picture.
///
/// @param score how much a face must overlap where it was, as intersection over union, 0 to 0.5; 0
///   for no tracking
/// @param frames how many frames before and after each are looked at, 0 to 10
public record TrackerOptions(double score, int frames) {

    public TrackerOptions {
        Limits.within("face_tracker_score", score, 0, 0.5);
        Limits.within("target_frame_amount", frames, 0, 10);
    }

    /// No tracking.
    public static TrackerOptions defaults() {
        return new TrackerOptions(0, 2);
    }

    /// How many frames before and after one must be known to tell its faces.
    public int reach() {
        return score > 0 ? frames : 0;
    }
}
