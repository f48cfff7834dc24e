package dev.facefusion.runtime.engine.video;

import java.util.List;
import java.util.Locale;

/// The video encoders that FaceFusion knows, in the order in which it prefers them, with its maps
/// from its options to theirs (3.8.1).
public enum VideoEncoder {
    LIBX264,
    LIBX264RGB,
    LIBX265,
    LIBVPX_VP9,
    H264_NVENC,
    HEVC_NVENC,
    H264_AMF,
    HEVC_AMF,
    H264_QSV,
    HEVC_QSV,
    H264_VIDEOTOOLBOX,
    HEVC_VIDEOTOOLBOX,
    RAWVIDEO;

    /// ffmpeg's and FaceFusion's name.
    public String label() {
        return this == LIBVPX_VP9 ? "libvpx-vp9" : name().toLowerCase(Locale.ROOT);
    }

    /// @param quality 0 to 100
    List<String> quality(int quality) {
        var crf = worst(51, quality);
        return switch (this) {
            case LIBX264, LIBX264RGB, LIBX265 -> List.of("-crf", crf);
            case LIBVPX_VP9 -> List.of("-crf", worst(63, quality));
            case H264_NVENC, HEVC_NVENC -> List.of("-cq", crf);
            case H264_AMF, HEVC_AMF -> List.of("-qp_i", crf, "-qp_p", crf, "-qp_b", crf);
            case H264_QSV, HEVC_QSV -> List.of("-qp", crf);
            case H264_VIDEOTOOLBOX, HEVC_VIDEOTOOLBOX ->
                    List.of("-b:v", (long) Math.rint(1024 + 494.88 * quality) + "k");
            case RAWVIDEO -> List.of();
        };
    }

    // FaceFusion rounds as Python does: half to even.
    private static String worst(int worst, int quality) {
        return Integer.toString((int) Math.rint(worst * (100 - quality) / 100.0));
    }

    List<String> preset(VideoPreset preset) {
        return switch (this) {
            case LIBX264, LIBX264RGB, LIBX265 -> List.of("-preset", preset.label());
            case H264_NVENC, HEVC_NVENC ->
                    List.of("-preset", graded(preset, "fast", "medium", "slow"));
            case H264_AMF, HEVC_AMF ->
                    List.of("-quality", graded(preset, "speed", "balanced", "quality"));
            case H264_QSV, HEVC_QSV ->
                    List.of(
                            "-preset",
                            preset.compareTo(VideoPreset.VERYFAST) < 0
                                    ? VideoPreset.VERYFAST.label()
                                    : preset.label());
            case LIBVPX_VP9, H264_VIDEOTOOLBOX, HEVC_VIDEOTOOLBOX, RAWVIDEO -> List.of();
        };
    }

    private static String graded(VideoPreset preset, String fast, String medium, String slow) {
        return switch (preset) {
            case ULTRAFAST, SUPERFAST, VERYFAST, FASTER, FAST -> fast;
            case MEDIUM -> medium;
            case SLOW, SLOWER, VERYSLOW -> slow;
        };
    }

    boolean isHevc() {
        return switch (this) {
            case LIBX265, HEVC_NVENC, HEVC_AMF, HEVC_QSV, HEVC_VIDEOTOOLBOX -> true;
            case LIBX264,
                    LIBX264RGB,
                    LIBVPX_VP9,
                    H264_NVENC,
                    H264_AMF,
                    H264_QSV,
                    H264_VIDEOTOOLBOX,
                    RAWVIDEO ->
                    false;
        };
    }

    /// Whether it takes RGB instead of 4:2:0.
    boolean isRgb() {
        return this == LIBX264RGB || this == RAWVIDEO;
    }
}
