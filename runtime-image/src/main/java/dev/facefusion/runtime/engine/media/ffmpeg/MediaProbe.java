package dev.facefusion.runtime.engine.media.ffmpeg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facefusion.runtime.engine.media.PictureSize;
import dev.facefusion.runtime.engine.media.ffmpeg.MediaFacts.AudioStream;
import dev.facefusion.runtime.engine.stage.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Looks at a file with `ffprobe`. The whole file is read, as packets, so that one which ends too
/// early is known before any work is done on it.
public final class MediaProbe {

    private static final String ENTRIES =
            "format=format_name,start_time,duration"
                    + ":stream=index,codec_type,codec_name,width,height,pix_fmt,color_range,color_space"
                    + ",color_transfer,color_primaries,r_frame_rate,avg_frame_rate,time_base,start_time"
                    + ",duration,nb_frames,nb_read_packets,sample_rate"
                    + ":stream_disposition=attached_pic:stream_tags=rotate,DURATION:stream_side_data=rotation";

    private static final Pattern TAGGED_DURATION =
            Pattern.compile("(\\d{2,4}):(\\d{2}):(\\d{2}\\.\\d{1,9})");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ffmpeg ffmpeg;
    private final Duration patience;

    /// @param patience for one file
    public MediaProbe(Ffmpeg ffmpeg, Duration patience) {
        this.ffmpeg = ffmpeg;
        this.patience = patience;
    }

    /// When each frame of a stream is shown, in order, in seconds by the file's clock.
    ///
    /// @throws FfmpegException if `ffprobe` crashes or hangs
    /// @throws java.util.concurrent.CancellationException if the task is cancelled
    public double[] times(Path file, VideoStream stream, Cancellation cancellation) {
        var arguments =
                Stream.concat(
                                Stream.of(
                                        "-select_streams",
                                        Integer.toString(stream.index()),
                                        "-show_entries",
                                        "packet=pts_time",
                                        "-of",
                                        "csv=print_section=0"),
                                Ffmpeg.input(file, List.of()).stream())
                        .toList();
        return ffmpeg.probe(arguments, patience, cancellation)
                .text()
                .lines()
                .filter(line -> line.matches("-?\\d+(\\.\\d+)?,?"))
                .mapToDouble(line -> Double.parseDouble(line.replace(",", "")))
                .sorted()
                .toArray();
    }

    /// Looks at the first of several still pictures that are to become a video.
    ///
    /// @param demuxer ffmpeg's name of their format as a stream, such as `png_pipe`
    /// @throws FfmpegException if `ffprobe` crashes or hangs
    /// @throws java.util.concurrent.CancellationException if the task is cancelled
    public Probed probePicture(Path file, String demuxer, Cancellation cancellation) {
        return look(file, Ffmpeg.input(file, demuxer), cancellation);
    }

    /// Looks at a file.
    ///
    /// @throws FfmpegException if `ffprobe` crashes or hangs
    /// @throws java.util.concurrent.CancellationException if the task is cancelled
    /// @throws UncheckedIOException if the file cannot be read
    public Probed probe(Path file, Cancellation cancellation) {
        return look(file, Ffmpeg.input(file, List.of()), cancellation);
    }

    /// Looks for the sound of a file. The first stream of it counts.
    ///
    /// @return empty if there is none that can be decoded
    /// @throws FfmpegException if `ffprobe` crashes or hangs
    /// @throws java.util.concurrent.CancellationException if the task is cancelled
    public Optional<AudioStream> probeSound(Path file, Cancellation cancellation) {
        var arguments =
                Stream.concat(
                                Stream.of("-show_entries", ENTRIES, "-of", "json"),
                                Ffmpeg.sound(file, List.of()).stream())
                        .toList();
        var answer = ffmpeg.probe(arguments, patience, cancellation);
        return answer.end().succeeded()
                ? streams(tree(answer.text()))
                        .filter(MediaProbe::isSound)
                        .filter(MediaProbe::isKnown)
                        .map(MediaProbe::sound)
                        .findFirst()
                : Optional.empty();
    }

    private Probed look(Path file, List<String> input, Cancellation cancellation) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return new Probed.Refused(VideoFault.NOT_A_VIDEO, "This is no ordinary file.");
        }
        try {
            if (Files.size(file) == 0) {
                return new Probed.Refused(VideoFault.EMPTY, "The file is empty.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(file), e);
        }
        var answer =
                ffmpeg.probe(
                        Stream.concat(
                                        Stream.of(
                                                "-count_packets",
                                                "-show_entries",
                                                ENTRIES,
                                                "-of",
                                                "json"),
                                        input.stream())
                                .toList(),
                        patience,
                        cancellation);
        return answer.end().succeeded()
                ? read(answer.text(), answer.end().complaints())
                : unknown(answer.end().complaints());
    }

    private static Probed unknown(String complaints) {
        if (complaints.contains("not on whitelist")) {
            return new Probed.Refused(
                    VideoFault.NOT_A_VIDEO,
                    "The file is no video, or of a format that is not read.");
        }
        return new Probed.Refused(
                VideoFault.NOT_A_VIDEO,
                "The file is broken, or no video of a known format: %s."
                        .formatted(complaints.isEmpty() ? "ffprobe gives no reason" : complaints));
    }

    private static Probed read(String json, String complaints) {
        var answer = tree(json);
        var streams = streams(answer).toList();
        var video = streams.stream().filter(MediaProbe::isMotion).findFirst();
        if (video.isEmpty()) {
            return new Probed.Refused(
                    VideoFault.NO_VIDEO, "The file has no moving pictures, only sound or a cover.");
        }
        return video(answer.path("format"), video.get(), streams, complaints);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new FfmpegException("ffprobe's answer is no JSON", e);
        }
    }

    private static Stream<JsonNode> streams(JsonNode answer) {
        return StreamSupport.stream(answer.path("streams").spliterator(), false);
    }

    private static Probed video(
            JsonNode format, JsonNode video, List<JsonNode> streams, String complaints) {
        var nominal =
                text(video, "r_frame_rate")
                        .flatMap(Rational::parse)
                        .or(() -> text(video, "avg_frame_rate").flatMap(Rational::parse));
        long packets = number(video, "nb_read_packets").orElse(0L);
        if (packets == 0 || nominal.isEmpty()) {
            return new Probed.Refused(VideoFault.NO_FRAMES, "The video has no frames.");
        }
        var timeBase = text(video, "time_base").flatMap(Rational::parse);
        var pixelFormat = text(video, "pix_fmt");
        int width = video.path("width").asInt();
        int height = video.path("height").asInt();
        if (width < 1 || height < 1 || pixelFormat.isEmpty() || timeBase.isEmpty()) {
            return new Probed.Refused(
                    VideoFault.UNSUPPORTED,
                    "Nothing of the video can be decoded: its codec (%s) is not read, or the file ends too early."
                            .formatted(text(video, "codec_name").orElse("unknown")));
        }
        var stream =
                new VideoStream(
                        video.path("index").asInt(),
                        text(video, "codec_name").orElse("unknown"),
                        new PictureSize(width, height),
                        rotation(video),
                        pixelFormat.get(),
                        colour(video),
                        nominal.get(),
                        text(video, "avg_frame_rate").flatMap(Rational::parse),
                        timeBase.get(),
                        seconds(video, "start_time").orElse(Duration.ZERO),
                        seconds(video, "duration").or(() -> taggedDuration(video)),
                        packets,
                        number(video, "nb_frames"));
        return new Probed.Video(
                new MediaFacts(
                        text(format, "format_name").orElse(""),
                        seconds(format, "start_time").orElse(Duration.ZERO),
                        seconds(format, "duration"),
                        stream,
                        streams.stream()
                                .filter(MediaProbe::isSound)
                                .filter(MediaProbe::isKnown)
                                .map(MediaProbe::sound)
                                .toList(),
                        (int)
                                streams.stream()
                                        .filter(MediaProbe::isSound)
                                        .filter(sound -> !isKnown(sound))
                                        .count(),
                        (int) streams.stream().filter(MediaProbe::isNeither).count(),
                        complaints));
    }

    private static boolean isMotion(JsonNode stream) {
        return stream.path("codec_type").asText().equals("video")
                && stream.path("disposition").path("attached_pic").asInt() == 0;
    }

    private static boolean isSound(JsonNode stream) {
        return stream.path("codec_type").asText().equals("audio");
    }

    // A stream that ffmpeg has no name for cannot be decoded, nor can one that is announced and
    // does
    // not come, as in many recordings of television. No container takes either.
    private static boolean isKnown(JsonNode sound) {
        return sound.has("codec_name") && number(sound, "sample_rate").orElse(0L) > 0;
    }

    private static boolean isNeither(JsonNode stream) {
        var type = stream.path("codec_type").asText();
        return !type.equals("video") && !type.equals("audio");
    }

    private static AudioStream sound(JsonNode stream) {
        return new AudioStream(stream.path("index").asInt(), stream.path("codec_name").asText());
    }

    private static int rotation(JsonNode video) {
        for (var data : video.path("side_data_list")) {
            if (data.has("rotation")) {
                return (int) Math.round(data.path("rotation").asDouble());
            }
        }
        // Where there is no matrix, older files have a tag, which counts the other way round.
        return -video.path("tags").path("rotate").asInt();
    }

    // Matroska tells each stream's end by a tag, from the file's zero: 00:00:02.040000000.
    private static Optional<Duration> taggedDuration(JsonNode video) {
        var tag = TAGGED_DURATION.matcher(video.path("tags").path("DURATION").asText());
        return tag.matches()
                ? Optional.of(
                        Duration.parse(
                                        "PT%sH%sM%sS"
                                                .formatted(
                                                        tag.group(1), tag.group(2), tag.group(3)))
                                .minus(seconds(video, "start_time").orElse(Duration.ZERO)))
                : Optional.empty();
    }

    private static Colour colour(JsonNode video) {
        return new Colour(
                told(video, "color_range"),
                told(video, "color_space"),
                told(video, "color_transfer"),
                told(video, "color_primaries"));
    }

    private static Optional<String> told(JsonNode node, String name) {
        return text(node, name)
                .filter(value -> value.matches("[a-z0-9-]+"))
                .filter(value -> !List.of("unknown", "unspecified", "reserved").contains(value));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.hasNonNull(name) ? Optional.of(node.get(name).asText()) : Optional.empty();
    }

    private static Optional<Long> number(JsonNode node, String name) {
        return text(node, name).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }

    private static Optional<Duration> seconds(JsonNode node, String name) {
        return text(node, name)
                .filter(text -> text.matches("-?\\d{1,9}(\\.\\d+)?"))
                .map(text -> Duration.ofNanos(Math.round(Double.parseDouble(text) * 1e9)));
    }
}
