package dev.facefusion.runtime.engine.video;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Makes videos with ffmpeg, and looks at them with it, past the code under test.
final class Footages {

    static final String SEARCH_PATH = System.getenv("PATH");

    private Footages() {}

    static boolean ffmpegIsThere() {
        return Stream.of(SEARCH_PATH.split(":"))
                .anyMatch(folder -> Path.of(folder, "ffmpeg").toFile().canExecute());
    }

    /// Runs ffmpeg with arguments separated by spaces; `FILE` stands for the file, which it
    /// returns.
    static Path make(Path file, String arguments) {
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

    /// What ffprobe says of the first stream of a kind, in the order asked for, joined by commas.
    static String told(Path file, String kind, String entries) {
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
    static List<Double> times(Path file) {
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
    static List<String> digests(Path file, String pixelFormat) {
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
