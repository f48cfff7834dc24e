package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.media.ffmpeg.Rational;
import java.util.ArrayList;
import java.util.List;

/// What `ffmpeg` is told that decodes.
final class DecodeArguments {

    private DecodeArguments() {}

    /// @param input as [dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg#input] makes them
    /// @param stream its index among the input's
    /// @param timeBase of the frames' times
    static List<String> of(List<String> input, int stream, Picturing picturing, Rational timeBase) {
        var arguments = new ArrayList<>(input);
        arguments.addAll(List.of("-map", "0:" + stream, "-map_metadata", "-1", "-c:v", "rawvideo"));
        if (!picturing.filters().isEmpty()) {
            arguments.addAll(List.of("-vf", String.join(",", picturing.filters())));
        }
        arguments.addAll(List.of("-pix_fmt", picturing.pixelFormat()));
        arguments.addAll(
                List.of("-fps_mode", "passthrough", "-enc_time_base", timeBase.toString()));
        arguments.addAll(List.of("-f", "nut", "-write_index", "0", "pipe:1"));
        return List.copyOf(arguments);
    }
}
