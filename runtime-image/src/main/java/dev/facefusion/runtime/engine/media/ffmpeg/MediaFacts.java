package dev.facefusion.runtime.engine.media.ffmpeg;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What `ffprobe` says about a video file.
///
/// @param format as ffmpeg names it, such as `mov,mp4,m4a,3gp,3g2,mj2`
/// @param start when its first stream starts, by its own clock; may be negative
/// @param duration empty where the format does not say
/// @param lostSound number of streams of sound that say too little of themselves to be kept
/// @param subtitles number of streams that are neither picture nor sound
/// @param complaints of the whole file's packets; empty for a file without fault
public record MediaFacts(
        String format,
        Duration start,
        Optional<Duration> duration,
        VideoStream video,
        List<AudioStream> audio,
        int lostSound,
        int subtitles,
        String complaints) {

    public MediaFacts {
        audio = List.copyOf(audio);
    }

    /// The sound of a video file.
    ///
    /// @param index among all streams of the file
    /// @param codec as ffmpeg names it
    public record AudioStream(int index, String codec) {}
}
