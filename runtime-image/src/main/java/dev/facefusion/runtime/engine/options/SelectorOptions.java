package dev.facefusion.runtime.engine.options;

import java.util.Optional;

/// Which of the target's faces are worked on.
///
/// @param age years; a face passes if its range of ages overlaps it
/// @param referencePosition which face of the reference frame, in this order, from 0
/// @param referenceDistance half of one minus the cosine of two embeddings, 0 to 1; a face below it
///   is the reference's
/// @param referenceFrame the frame of a video that shows the reference, from 0
public record SelectorOptions(
        SelectorMode mode,
        FaceOrder order,
        Optional<GenderFilter> gender,
        Optional<RaceFilter> race,
        AgeRange age,
        int referencePosition,
        double referenceDistance,
        long referenceFrame) {

    public SelectorOptions {
        Limits.within("reference_face_position", referencePosition, 0, Integer.MAX_VALUE);
        Limits.within("reference_face_distance", referenceDistance, 0, 1);
        if (referenceFrame < 0) {
            throw new IllegalArgumentException(
                    "reference_frame_number is negative: " + referenceFrame);
        }
    }

    /// Every face.
    public static SelectorOptions defaults() {
        return new SelectorOptions(
                SelectorMode.MANY,
                FaceOrder.LARGE_SMALL,
                Optional.empty(),
                Optional.empty(),
                AgeRange.ANY,
                0,
                0.3,
                0);
    }

    /// Whether a filter asks what a face is taken for.
    public boolean asksForTraits() {
        return gender.isPresent() || race.isPresent() || !age.equals(AgeRange.ANY);
    }

    /// Whether a filter follows what the source is taken for.
    public boolean followsSource() {
        return gender.equals(Optional.of(GenderFilter.AUTO))
                || race.equals(Optional.of(RaceFilter.AUTO));
    }
}
