package dev.facefusion.runtime.engine.options;

/// Four sides in percent.
///
/// @param top 0 to 100, as the others
public record Margins(int top, int right, int bottom, int left) {

    public static final Margins NONE = new Margins(0, 0, 0, 0);

    public Margins {
        Limits.within("top", top, 0, 100);
        Limits.within("right", right, 0, 100);
        Limits.within("bottom", bottom, 0, 100);
        Limits.within("left", left, 0, 100);
    }
}
