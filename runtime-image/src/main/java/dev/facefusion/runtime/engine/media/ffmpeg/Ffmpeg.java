package dev.facefusion.runtime.engine.media.ffmpeg;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facefusion.runtime.engine.stage.Cancellation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The `ffmpeg` and `ffprobe` of this machine, and what they offer.
public final class Ffmpeg {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

    /// A line of `ffmpeg -encoders`, such as ` V....D libx264 H.264 …`.
    private static final Pattern ENCODER = Pattern.compile("^ [VAS][A-Z.]{5} (\\S+) ");

    /// Every file is opened by these alone: no network, no list of other files.
    private static final List<String> PROTOCOLS = List.of("-protocol_whitelist", "file,pipe");

    /// The formats that a video may come in. Play lists, which name further files, are not among
    /// them.
    private static final List<String> FORMATS =
            List.of(
                    "-format_whitelist",
                    "mov,matroska,avi,asf,mpeg,mpegts,mpegvideo,mxf,flv,gif,apng,ogg,dv,ivf,h264,hevc");

    private final Path ffmpeg;
    private final Path ffprobe;
    private final String version;
    private final Set<String> encoders;

    private Ffmpeg(Path ffmpeg, Path ffprobe, String version, Set<String> encoders) {
        this.ffmpeg = ffmpeg;
        this.ffprobe = ffprobe;
        this.version = version;
        this.encoders = encoders;
    }

    /// Looks for the two programs in the folders of a search path, and asks them what they offer.
    ///
    /// @param path folders, separated as in `PATH`
    /// @throws FfmpegException if one is missing or does not answer
    public static Ffmpeg find(String path) {
        return open(program(path, "ffmpeg"), program(path, "ffprobe"));
    }

    /// Asks two programs what they offer.
    ///
    /// @throws FfmpegException if one does not answer
    public static Ffmpeg open(Path ffmpeg, Path ffprobe) {
        answer(List.of(ffprobe.toString(), "-version"));
        var version = answer(List.of(ffmpeg.toString(), "-version")).lines().findFirst();
        var encoders = answer(List.of(ffmpeg.toString(), "-hide_banner", "-encoders"));
        return new Ffmpeg(
                ffmpeg,
                ffprobe,
                version.orElse("").replaceFirst("^ffmpeg version (\\S+).*", "$1"),
                encoders.lines()
                        .map(ENCODER::matcher)
                        .filter(line -> line.find())
                        .map(line -> line.group(1))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Path program(String path, String name) {
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new FfmpegException(
                                "There is no %s on the search path; videos and WebP need it"
                                        .formatted(name)));
    }

    private static String answer(List<String> command) {
        return switch (ask(command, PATIENCE, new Cancellation())) {
            case Answer(var end, var text) when end.succeeded() -> text;
            case Answer(var end, _) ->
                    throw new FfmpegException(
                            "%s does not answer: %s".formatted(command, end.complaints()));
        };
    }

    /// What a program said until its end.
    record Answer(Child.End end, String text) {}

    /// Runs a program that writes little.
    ///
    /// @throws FfmpegException if it does not start, or does not end in time
    /// @throws java.util.concurrent.CancellationException if the task is cancelled
    private static Answer ask(List<String> command, Duration patience, Cancellation cancellation) {
        var said = exchange(command, new byte[0], patience, cancellation);
        return new Answer(said.end(), new String(said.bytes(), UTF_8));
    }

    /// What a program wrote until its end.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Written(Child.End end, byte[] bytes) {}

    /// Runs a program that reads all of its input before it writes.
    ///
    /// @throws FfmpegException if it does not start, or does not end in time
    /// @throws java.util.concurrent.CancellationException if the task is cancelled
    private static Written exchange(
            List<String> command, byte[] input, Duration patience, Cancellation cancellation) {
        try (var child = Child.start(command);
                var _ = cancellation.whenCancelled(child::kill)) {
            // A child that hangs keeps its streams open: it is killed from beside.
            var guard =
                    Thread.ofPlatform()
                            .daemon()
                            .name("ffmpeg-patience")
                            .start(() -> killLate(child, patience));
            feed(child, input);
            var bytes = child.output().readNBytes(MAX_ANSWER_BYTES);
            var end = child.end(patience);
            guard.interrupt();
            cancellation.check();
            return new Written(
                    end.filter(ended -> !ended.killed())
                            .orElseThrow(() ->
                                    new FfmpegException(
                                            "%s did not end within %d s"
                                                    .formatted(
                                                            command.getFirst(),
                                                            patience.toSeconds()))),
                    bytes);
        } catch (IOException e) {
            cancellation.check();
            throw new FfmpegException("%s cannot be asked".formatted(command.getFirst()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FfmpegException("interrupted while asking " + command.getFirst(), e);
        }
    }

    private static void feed(Child child, byte[] input) {
        try (var stream = child.input()) {
            stream.write(input);
        } catch (IOException _) {
            // It ended before it had read all, and says why.
        }
    }

    private static void killLate(Child child, Duration patience) {
        try {
            if (child.end(patience).isEmpty()) {
                child.kill();
            }
        } catch (InterruptedException _) {
            // It answered.
        }
    }

    /// As the program tells it.
    public String version() {
        return version;
    }

    /// Names of the encoders that it was built with; a hardware one may still lack its hardware.
    public Set<String> encoders() {
        return encoders;
    }

    /// Starts `ffmpeg` with its quiet arguments and the given ones.
    ///
    /// @throws FfmpegException if it does not start
    public Child start(List<String> arguments) {
        return Child.start(command(arguments));
    }

    /// Starts `ffmpeg` with its quiet arguments and the given ones, feeds it, and takes what it
    /// writes: at most 64 MiB.
    ///
    /// @throws FfmpegException if it does not start, complains, or does not end in time
    /// @throws java.util.concurrent.CancellationException if the task is cancelled
    byte[] convert(
            List<String> arguments, byte[] input, Duration patience, Cancellation cancellation) {
        var written = exchange(command(arguments), input, patience, cancellation);
        if (!written.end().succeeded()) {
            throw new FfmpegException(
                    "%s ended with %d: %s"
                            .formatted(ffmpeg, written.end().status(), written.end().complaints()));
        }
        return written.bytes();
    }

    private List<String> command(List<String> arguments) {
        return Stream.concat(
                        Stream.of(
                                ffmpeg.toString(),
                                "-hide_banner",
                                "-nostdin",
                                "-nostats",
                                "-loglevel",
                                "error"),
                        arguments.stream())
                .toList();
    }

    /// Asks `ffprobe`.
    Answer probe(List<String> arguments, Duration patience, Cancellation cancellation) {
        return ask(
                Stream.concat(
                                Stream.of(ffprobe.toString(), "-hide_banner", "-loglevel", "error"),
                                arguments.stream())
                        .toList(),
                patience,
                cancellation);
    }

    /// The arguments by which a file of unknown origin is opened. A name never counts as an option,
    /// an address or a pattern.
    ///
    /// @param options of this input, such as `-ss`
    public static List<String> input(Path file, List<String> options) {
        return Stream.of(PROTOCOLS, FORMATS, options, List.of("-i", name(file)))
                .flatMap(List::stream)
                .toList();
    }

    /// The arguments by which a still picture is opened.
    ///
    /// @param demuxer the only one that it is taken for
    static List<String> input(Path file, String demuxer) {
        return Stream.of(PROTOCOLS, List.of("-f", demuxer, "-i", name(file)))
                .flatMap(List::stream)
                .toList();
    }

    /// The arguments by which what we write to its standard input is opened.
    ///
    /// @param format the only one that it is taken for
    public static List<String> pipe(String format, List<String> options) {
        return Stream.of(PROTOCOLS, List.of("-f", format), options, List.of("-i", "pipe:0"))
                .flatMap(List::stream)
                .toList();
    }

    /// A file's name as ffmpeg takes it.
    public static String name(Path file) {
        return "file:" + file.toAbsolutePath();
    }
}
