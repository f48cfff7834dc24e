package dev.facefusion.runtime.engine.options;

/// Years of age.
///
/// @param start 0 to 100
/// @param end one past the last, 0 to 100, not below `start`
public record AgeRange(int start, int end) {

    public static final AgeRange ANY = new AgeRange(0, 100);

    public AgeRange {
        Limits.within("face_selector_age_start", start, 0, 100);
        Limits.within("face_selector_age_end", end, start, 100);
    }

    /// Whether the two share a year.
    public boolean overlaps(AgeRange other) {
        return start < other.end && other.start < end;
    }
}
