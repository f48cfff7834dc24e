package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.media.PictureSize;
import dev.facefusion.runtime.engine.media.ffmpeg.Colour;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.media.ffmpeg.Rational;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What `ffmpeg` is told that encodes.
///
/// @param offset by which the pictures start later than the sound's file, in seconds
/// @param sound the file and the part of it that the sound comes from; empty for none
/// @param timeBase of the frames' times
/// @param everyTick whether a frame lasts for one of it, and has to be told so
/// @param raised rate that the frames are raised to, where they are
/// @param enlarged size that the frames are enlarged to, where they are
record EncodeArguments(
        double offset,
        Optional<Sound> sound,
        Rational timeBase,
        boolean everyTick,
        Optional<Rational> raised,
        Optional<PictureSize> enlarged,
        Colour colour,
        boolean fullRange,
        VideoEncoder encoder,
        VideoOptions options,
        Container container,
        Map<String, String> metadata) {

    /// @param input as [Ffmpeg#input] makes it
    /// @param streams indices within the file
    /// @param encoder empty to copy
    record Sound(List<String> input, List<Integer> streams, Optional<AudioEncoder> encoder) {}

    List<String> to(Path output) {
        var arguments = new ArrayList<String>();
        // What comes is told by NUT's header: nothing is to be guessed from the first frames.
        arguments.addAll(
                Ffmpeg.pipe(
                        "nut",
                        List.of(
                                "-itsoffset",
                                String.format(Locale.ROOT, "%.6f", offset),
                                "-analyzeduration",
                                "0",
                                "-fpsprobesize",
                                "0")));
        sound.ifPresent(from -> arguments.addAll(from.input()));
        arguments.addAll(List.of("-map_metadata", "-1", "-map_chapters", "-1", "-map", "0:v:0"));
        addPictures(arguments);
        sound.ifPresent(from -> addSound(arguments, from));
        arguments.addAll(container.arguments(metadata));
        arguments.addAll(container.arguments());
        arguments.addAll(List.of("-y", Ffmpeg.name(output)));
        return List.copyOf(arguments);
    }

    private void addPictures(List<String> arguments) {
        var filters = new ArrayList<String>();
        raised.ifPresent(rate -> filters.add("fps=" + rate));
        enlarged.ifPresent(
                size -> filters.add("scale=%d:%d".formatted(size.width(), size.height())));
        filters.add(told());
        arguments.addAll(List.of("-vf", String.join(",", filters), "-c:v", encoder.label()));
        arguments.addAll(encoder.preset(options.preset()));
        arguments.addAll(encoder.quality(options.quality()));
        arguments.addAll(List.of("-pix_fmt", encoder.isRgb() ? "rgb24" : "yuv420p"));
        arguments.addAll(List.of("-fps_mode", "passthrough", "-enc_time_base"));
        arguments.add(raised.map(Rational::inverse).orElse(timeBase).toString());
        arguments.addAll(container.tag(encoder));
        if (everyTick) {
            arguments.addAll(List.of("-bsf:v", "setts=pts=PTS:dts=DTS:duration=1"));
        }
    }

    private String told() {
        var told = new ArrayList<String>();
        told.add("range=" + (fullRange ? "pc" : colour.range().orElse("unspecified")));
        colour.primaries().ifPresent(value -> told.add("color_primaries=" + value));
        colour.transfer().ifPresent(value -> told.add("color_trc=" + value));
        colour.matrix().ifPresent(value -> told.add("colorspace=" + value));
        return "setparams=" + String.join(":", told);
    }

    private void addSound(List<String> arguments, Sound from) {
        from.streams().forEach(stream -> arguments.addAll(List.of("-map", "1:" + stream)));
        if (from.encoder().isEmpty()) {
            arguments.addAll(List.of("-c:a", "copy"));
            return;
        }
        var encoder = from.encoder().get();
        arguments.addAll(List.of("-c:a", encoder.label()));
        arguments.addAll(encoder.quality(options.audio().quality()));
        if (options.audio().volume() < 100) {
            arguments.addAll(List.of("-filter:a", "volume=" + options.audio().volume() / 100.0));
        }
        if (encoder == AudioEncoder.FLAC && container == Container.MP4) {
            arguments.addAll(List.of("-strict", "experimental")); // ffmpeg 5 asks for it
        }
    }
}
