package dev.facefusion.runtime.engine.video;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// The image's ffmpeg, laid out once as the Dockerfile does.
final class ImageFfmpeg {

    /// Where its programs and their libraries lie.
    static final Path FOLDER = layOut();

    private ImageFfmpeg() {}

    static Ffmpeg ffmpeg() {
        return Ffmpeg.find(FOLDER.toString());
    }

    static Stream<Arguments> andTheSearchPaths() {
        return Stream.of(
                argumentSet("the search path's ffmpeg", Ffmpeg.find(Footages.SEARCH_PATH)),
                argumentSet("the image's ffmpeg", ffmpeg()));
    }

    private static Path layOut() {
        var folder = Path.of("target", "image-ffmpeg").toAbsolutePath();
        var platform = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        said(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "src/image/VideoPrograms.java",
                        "target/ffmpeg/%s.jar".formatted(platform),
                        folder.toString()),
                Map.of());
        return folder;
    }

    /// What a program wrote, after it ended well.
    static String said(List<String> command, Map<String, String> environment) {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            var said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as("%s", command).isZero();
            return said;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(String.join(" ", command), e);
        }
    }
}
