package dev.facefusion.runtime.engine.video;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Makes videos with ffmpeg, and looks at them with it, past the code under test.
public final class Footages {

    public static final String SEARCH_PATH = System.getenv("PATH");

    private Footages() {}

    public static boolean ffmpegIsThere() {
        return Stream.of(SEARCH_PATH.split(":"))
                .anyMatch(folder -> Path.of(folder, "ffmpeg").toFile().canExecute());
    }

    /// Runs ffmpeg with arguments separated by spaces; `FILE` stands for the file, which it
    /// returns.
    public static Path make(Path file, String arguments) {
        run(
                Stream.concat(
                                Stream.of("ffmpeg", "-v", "error", "-nostdin", "-y"),
                                Stream.of(arguments.split(" "))
                                        .map(word -> word.equals("FILE") ? file.toString() : word))
                        .toList());
        return file;
    }

    /// Moving pictures of 320 x 240 with a tone, two seconds of 25 frames.
    static Path clip(Path file, String options) {
        return make(
                file,
                "-f lavfi -i testsrc2=size=320x240:rate=25:duration=2 -f lavfi -i sine=440:duration=2 "
                        + "-pix_fmt yuv420p -shortest "
                        + options
                        + " FILE");
    }

    /// A portrait that moves, grows, shrinks and turns on grey, with a cut in the middle, a tenth
    /// of the time without it, and a tone: 25 frames in a second.
    public static Path portrait(Path file, Path photo, String size, int seconds) {
        var cut = seconds / 2;
        var gone = "between(t,%1$.2f,%2$.2f)".formatted(0.7 * seconds, 0.8 * seconds);
        return make(
                file,
                ("-loop 1 -framerate 25 -t %1$d -i %2$s -f lavfi -i color=gray:size=1280x720:rate=25:duration=%1$d"
                                + " -f lavfi -i sine=440:duration=%1$d -filter_complex"
                                + " [0]format=rgb24,rotate=a=0.35*sin(1.3*t):c=gray,scale=w=iw*if(lt(t\\,%3$d)\\,1.5+0.3*sin(t)\\,2.2):h=-2:eval=frame[face];"
                                + "[1][face]overlay=x=(W-w)/2+150*sin(0.9*t):y=60+40*cos(t):eval=frame:enable=not(%4$s),scale=%5$s"
                                + " -map 2:a -c:v libx264 -preset veryfast -crf 18 -pix_fmt yuv420p -c:a aac -t %1$d FILE")
                        .formatted(seconds, photo, cut, gone.replace(",", "\\,"), size));
    }

    /// A still portrait of 512 x 512 pixels, some frames of it, of which one is black.
    public static Path blink(Path file, Path photo, int frames, int black) {
        return make(
                file,
                "-loop 1 -i %s -vf drawbox=color=black:t=fill:enable='eq(n\\,%d)' -frames:v %d -c:v libx264 -pix_fmt yuv420p FILE"
                        .formatted(photo, black, frames));
    }

    /// What ffprobe says of the first stream of a kind, in the order asked for, joined by commas.
    public static String told(Path file, String kind, String entries) {
        return run(List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-count_frames",
                        "-select_streams",
                        kind + ":0",
                        "-show_entries",
                        "stream=" + entries,
                        "-of",
                        "csv=print_section=0",
                        file.toString()))
                .lines()
                .findFirst()
                .orElse("");
    }

    /// When each frame is shown, in seconds after the first.
    public static List<Double> times(Path file) {
        var times =
                run(List.of(
                                "ffprobe",
                                "-v",
                                "error",
                                "-select_streams",
                                "v:0",
                                "-show_entries",
                                "frame=best_effort_timestamp_time",
                                "-of",
                                "csv=print_section=0",
                                file.toString()))
                        .lines()
                        .filter(line -> !line.isBlank())
                        .map(line -> Double.valueOf(line.replace(",", "")))
                        .toList();
        return times.stream().map(time -> time - times.getFirst()).toList();
    }

    /// A digest of each frame's planes, as ffmpeg decodes them to a pixel format.
    public static List<String> digests(Path file, String pixelFormat) {
        return run(List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-nostdin",
                        "-i",
                        file.toString(),
                        "-map",
                        "0:v:0",
                        "-pix_fmt",
                        pixelFormat,
                        "-fps_mode",
                        "passthrough",
                        "-f",
                        "framemd5",
                        "-"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }

    /// A digest of the sound's packets.
    static String soundDigest(Path file) {
        return run(
                List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-nostdin",
                        "-i",
                        file.toString(),
                        "-map",
                        "0:a:0",
                        "-c",
                        "copy",
                        "-f",
                        "md5",
                        "-"));
    }

    private static String run(List<String> command) {
        try {
            var process =
                    new ProcessBuilder(new ArrayList<>(command))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed");
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
