package dev.facefusion.runtime.engine.video;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The files that videos are written in, by the ending of their names, and what they take. The
/// replacements are FaceFusion's (3.8.1), but for MPEG's sound: its AAC is refused by ffmpeg.
public enum Container {
    AVI("avi", AudioEncoder.AAC),
    M4V("mp4", AudioEncoder.AAC),
    MKV("matroska", AudioEncoder.AAC),
    MOV("mov", AudioEncoder.AAC),
    MP4("mp4", AudioEncoder.AAC),
    MPEG("mpeg", AudioEncoder.LIBMP3LAME),
    MXF("mxf", AudioEncoder.PCM_S16LE),
    WEBM("webm", AudioEncoder.LIBOPUS),
    WMV("asf", AudioEncoder.AAC);

    private final String muxer;
    private final AudioEncoder audio;

    /// @param audio what it takes instead of what it does not
    Container(String muxer, AudioEncoder audio) {
        this.muxer = muxer;
        this.audio = audio;
    }

    /// By the ending of a file's name; empty for an ending that is none of a video.
    public static Optional<Container> of(Path file) {
        var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        var ending = name.substring(name.lastIndexOf('.') + 1);
        return ending.equals("mpg")
                ? Optional.of(MPEG)
                : Stream.of(values()).filter(one -> one.ending().equals(ending)).findFirst();
    }

    /// Without a dot.
    public String ending() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> arguments() {
        return switch (this) {
            case M4V, MOV, MP4 -> List.of("-movflags", "+faststart+use_metadata_tags", "-f", muxer);
            case AVI, MKV, MPEG, MXF, WEBM, WMV -> List.of("-f", muxer);
        };
    }

    /// What writes metadata into the file; nothing where it has no room for any. An AVI has only
    /// the names of its list `INFO`: there a key and its value, which is JSON, become a comment.
    List<String> arguments(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .flatMap(entry -> argument(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Stream<String> argument(String key, String json) {
        return switch (this) {
            case M4V, MKV, MOV, MP4, WEBM, WMV -> Stream.of("-metadata", key + "=" + json);
            case AVI -> Stream.of("-metadata", "comment={\"%s\":%s}".formatted(key, json));
            case MPEG, MXF -> Stream.of();
        };
    }

    /// What marks HEVC so that Apple's players take it.
    List<String> tag(VideoEncoder encoder) {
        return switch (this) {
            case M4V, MOV, MP4 -> encoder.isHevc() ? List.of("-tag:v", "hvc1") : List.of();
            case AVI, MKV, MPEG, MXF, WEBM, WMV -> List.of();
        };
    }

    /// The encoder that is used where the given one is asked for.
    VideoEncoder replaced(VideoEncoder asked) {
        return switch (this) {
            case M4V, MPEG, MXF, WMV -> VideoEncoder.LIBX264;
            case MKV, MP4 -> asked == VideoEncoder.RAWVIDEO ? VideoEncoder.LIBX264 : asked;
            case MOV -> asked == VideoEncoder.LIBVPX_VP9 ? VideoEncoder.LIBX264 : asked;
            case WEBM -> VideoEncoder.LIBVPX_VP9;
            case AVI -> asked;
        };
    }

    /// The encoder that is used where the given one is asked for.
    AudioEncoder replaced(AudioEncoder asked) {
        return switch (this) {
            case AVI -> asked == AudioEncoder.LIBOPUS ? audio : asked;
            case MOV -> asked == AudioEncoder.FLAC || asked == AudioEncoder.LIBOPUS ? audio : asked;
            case M4V, MPEG, WMV, MXF, WEBM -> audio;
            // ffmpeg up to 7 has no tag for PCM in MP4.
            case MP4 ->
                    asked == AudioEncoder.PCM_S16LE || asked == AudioEncoder.PCM_S32LE
                            ? audio
                            : asked;
            case MKV -> asked;
        };
    }

    /// Whether sound of a codec is kept as it is: where the files hold it, and players expect it.
    boolean copies(String codec) {
        return switch (this) {
            case AVI -> Set.of("mp3", "ac3", "pcm_s16le", "pcm_u8").contains(codec);
            case M4V -> Set.of("aac", "ac3", "alac").contains(codec);
            case MKV -> true;
            case MOV ->
                    Set.of(
                                    "aac",
                                    "mp3",
                                    "ac3",
                                    "eac3",
                                    "alac",
                                    "pcm_s16le",
                                    "pcm_s24le",
                                    "pcm_s32le")
                            .contains(codec);
            case MP4 -> Set.of("aac", "mp3", "ac3", "eac3", "alac", "opus").contains(codec);
            case MPEG -> Set.of("mp2", "mp3", "ac3").contains(codec);
            case MXF -> Set.of("pcm_s16le", "pcm_s24le").contains(codec);
            case WEBM -> Set.of("opus", "vorbis").contains(codec);
            case WMV -> Set.of("wmav1", "wmav2", "mp3").contains(codec);
        };
    }

    /// What sound becomes that cannot be kept.
    AudioEncoder fallback() {
        return audio;
    }
}
