package dev.facefusion.runtime.engine.media.ffmpeg;

import java.util.Optional;
import java.util.Set;

/// How a stream's numbers mean colours, in ffmpeg's words (those of ITU-T H.273). What a stream
/// does not say is empty.
///
/// @param range `tv` (16 to 235) or `pc` (0 to 255)
/// @param matrix between RGB and YUV, such as `bt709` or `smpte170m`
public record Colour(
        Optional<String> range,
        Optional<String> matrix,
        Optional<String> transfer,
        Optional<String> primaries) {

    private static final Set<String> HIGH_DYNAMIC_RANGE = Set.of("smpte2084", "arib-std-b67");

    /// High definition's: what pictures without colours of their own become.
    public static final Colour BT709 =
            new Colour(
                    Optional.of("tv"),
                    Optional.of("bt709"),
                    Optional.of("bt709"),
                    Optional.of("bt709"));

    public boolean fullRange() {
        return range.equals(Optional.of("pc"));
    }

    /// Brighter than a usual screen shows: PQ or HLG.
    public boolean highDynamicRange() {
        return transfer.filter(HIGH_DYNAMIC_RANGE::contains).isPresent();
    }
}
