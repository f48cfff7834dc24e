package dev.facefusion.runtime.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.config.Environment;
import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.engine.media.OutputFormat;
import dev.facefusion.runtime.engine.media.PictureWriter;
import dev.facefusion.runtime.provenance.MarkReader.Reading;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The marks as ExifTool sees them, and what ExifTool writes as we see it.
@Timeout(60)
class IndependentReadersIT {

    private static final String COMPOSITE =
            "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";

    @TempDir private Path directory = Path.of("");

    @BeforeAll
    static void needsExifTool() {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "exiftool"))),
                "exiftool is missing: install libimage-exiftool-perl");
    }

    private final Marker marker =
            new Marker(
                    ProvenanceSettings.from(
                            new Environment(Map.of("PROVENANCE_PRODUCER", "Studio <A> & 工作室"))),
                    InstantSource.fixed(Instant.parse("2026-03-04T12:00:00Z")),
                    new SimpleMeterRegistry());

    @ParameterizedTest
    @ValueSource(strings = {"grace_hopper.jpg", "astronaut.png"})
    void exifToolReadsOurMarks(String photo) throws Exception {
        // given
        var file =
                Files.write(directory.resolve(photo), marker.mark(Reference.photo(photo), "id-1"));

        // then
        assertOurMarks(
                exifTool("-json", "-n", "-G", "-validate", "-warning", "-a", "-XMP:all", file));
    }

    @ParameterizedTest
    @CsvSource({"lossy.webp,yuv420p,0", "lossless.webp,bgra,1", "odd.webp,yuv420p,0"})
    void exifToolAndFfmpegReadOurWebp(String name, String pixels, String lossless)
            throws Exception {
        // given
        var file = directory.resolve(name);
        var size = name.startsWith("odd") ? "testsrc=s=33x21" : "testsrc=s=64x48";
        ffmpeg(
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        size,
                        "-frames:v",
                        "1",
                        "-pix_fmt",
                        pixels,
                        "-c:v",
                        "libwebp",
                        "-lossless",
                        lossless,
                        file.toString()));
        var before = frames(file);

        // when
        Files.write(file, marker.mark(Files.readAllBytes(file), "id-1"));

        // then
        assertOurMarks(exifTool("-json", "-n", "-G", "-validate", "-a", "-XMP:all", file));
        assertThat(frames(file)).isEqualTo(before);
        assertWeReadThem(file, 2);
    }

    @Test
    void exifToolAndFfmpegReadOurTiff() throws Exception {
        // given
        var photo = Reference.picture(Reference.photo("astronaut.png"));
        var tiff = PictureWriter.write(photo, OutputFormat.TIFF, 95);
        var file = Files.write(directory.resolve("out.tiff"), tiff);
        var before = frames(file);

        // when
        Files.write(file, marker.mark(tiff, "id-1"));

        // then
        assertOurMarks(exifTool("-json", "-n", "-G", "-validate", "-a", "-XMP:all", file));
        assertThat(frames(file)).isEqualTo(before);
        assertWeReadThem(file, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "packbits", "deflate"})
    void exifToolReadsOurMarksInTiffsOfOthers(String compression) throws Exception {
        // given: of the other order of bytes
        var file = directory.resolve("out.tiff");
        ffmpeg(
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc=s=33x21",
                        "-frames:v",
                        "1",
                        "-compression_algo",
                        compression,
                        file.toString()));
        var before = frames(file);

        // when
        Files.write(file, marker.mark(Files.readAllBytes(file), "id-1"));

        // then
        var seen = exifTool("-json", "-n", "-G", "-a", "-XMP:all", file);
        assertThat(seen.get("XMP:DigitalSourceType").asText()).isEqualTo(COMPOSITE);
        assertThat(frames(file)).isEqualTo(before);
        assertWeReadThem(file, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip.mp4", "clip.mov"})
    void exifToolAndFfmpegReadOurVideo(String name) throws Exception {
        // given
        var file = directory.resolve(name);
        var label = marker.metadata("id-1").entrySet().iterator().next();
        ffmpeg(
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc=s=64x48:d=1",
                        "-pix_fmt",
                        "yuv420p",
                        "-movflags",
                        "+faststart+use_metadata_tags",
                        "-metadata",
                        label.getKey() + "=" + label.getValue(),
                        file.toString()));
        var before = frames(file);

        // when
        marker.mark(file, "id-1");

        // then
        assertOurMarks(exifTool("-json", "-n", "-G", "-validate", "-a", "-XMP:all", file));
        assertThat(frames(file)).isEqualTo(before);
        assertWeReadThem(file, 3); // the label stands twice
    }

    private static void assertWeReadThem(Path file, int marks) throws IOException {
        try (var content = Files.newInputStream(file)) {
            assertThat(MarkReader.read(content))
                    .isInstanceOfSatisfying(
                            Reading.Read.class,
                            read -> {
                                assertThat(read.report().marks()).hasSize(marks);
                                assertThat(read.report().digitalSourceType()).isEqualTo(COMPOSITE);
                                assertThat(read.report().producer()).isEqualTo("Studio <A> & 工作室");
                            });
        }
    }

    /// Digests of the decoded frames, as ffmpeg sees them.
    private static String frames(Path file) throws Exception {
        return ffmpeg(List.of("-i", file.toString(), "-f", "framemd5", "-"));
    }

    private static String ffmpeg(List<String> arguments) throws Exception {
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
        command.addAll(arguments);
        return run(command);
    }

    private static void assertOurMarks(JsonNode seen) throws IOException {
        assertThat(seen.get("XMP:DigitalSourceType").asText()).isEqualTo(COMPOSITE);
        assertThat(seen.get("XMP:CreatorTool").asText()).isEqualTo("FaceFusion runtime");
        assertThat(seen.get("XMP:CreateDate").asText()).isEqualTo("2026:03:04 12:00:00Z");
        assertThat(new JsonMapper().readTree(seen.get("XMP:Aigc").asText()))
                .isEqualTo(
                        new JsonMapper()
                                .readTree(
                                        """
                                        {"Label": "1", "ContentProducer": "Studio <A> & 工作室",
                                         "ProduceID": "id-1", "ReservedCode1": "",
                                         "ContentPropagator": "", "PropagateID": "",
                                         "ReservedCode2": ""}
                                        """));
        assertThat(seen.get("ExifTool:Validate").asText())
                .isEqualTo("0 0 0"); // no error, no warning
    }

    @ParameterizedTest
    @ValueSource(strings = {"grace_hopper.jpg", "astronaut.png", "photo.tiff"})
    void weReadTheMarksOfExifTool(String photo) throws Exception {
        // given
        var file = directory.resolve(photo);
        if (photo.endsWith("tiff")) {
            ffmpeg(List.of("-f", "lavfi", "-i", "testsrc", "-frames:v", "1", file.toString()));
        } else {
            Files.write(file, Reference.photo(photo));
        }
        exifToolRun(
                List.of(
                        "-q",
                        "-n",
                        "-XMP-iptcExt:DigitalSourceType=" + COMPOSITE,
                        file.toString()));

        // when
        var reading = MarkReader.read(new ByteArrayInputStream(Files.readAllBytes(file)));

        // then
        var report = ((Reading.Read) reading).report();
        assertThat(report.marked()).isTrue();
        assertThat(report.digitalSourceType()).isEqualTo(COMPOSITE);
    }

    private static JsonNode exifTool(Object... arguments) throws Exception {
        var json = exifToolRun(Arrays.stream(arguments).map(Object::toString).toList());
        return new JsonMapper().readTree(json).get(0);
    }

    private static String exifToolRun(List<String> arguments) throws Exception {
        var command = new ArrayList<>(List.of("exiftool", "-charset", "UTF8"));
        command.addAll(arguments);
        return run(command);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
