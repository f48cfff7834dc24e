package dev.facefusion.runtime.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.media.MediaFault;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoFault;
import dev.facefusion.runtime.engine.video.Alteration;
import dev.facefusion.runtime.engine.video.Trim;
import dev.facefusion.runtime.engine.video.VideoOptions;
import dev.facefusion.runtime.engine.video.VideoProgress;
import dev.facefusion.runtime.jobs.JobState.Removal;
import dev.facefusion.runtime.jobs.JournalFormat.Entry;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalFormatTest {

    private static final Instant NOW = Jobs.NOON.plusSeconds(5);

    // A job in every state, with every failure, and one that comes and goes.
    private static final List<Entry> ENTRIES =
            List.of(
                    new Entry.Head(1, 7),
                    new Entry.Put(Jobs.queued("a", 1)),
                    new Entry.Put(Jobs.queued("b", 2)),
                    new Entry.Put(Jobs.running("a", 1)),
                    new Entry.Put(Jobs.running("a", 1).succeeded(NOW, Jobs.result())),
                    new Entry.Put(Jobs.queued("c", 3)),
                    new Entry.Put(Jobs.queued("b", 2).cancelled(NOW)),
                    new Entry.Forgotten("c"),
                    new Entry.Put(
                            Jobs.running("a", 1)
                                    .succeeded(NOW, Jobs.result())
                                    .resultRemoved(Removal.EXPIRED)),
                    new Entry.Put(failed("d", new JobFailure.NoFace(Input.TARGET))),
                    new Entry.Put(
                            failed(
                                    "e",
                                    new JobFailure.BadMedia(
                                            Input.SOURCE, MediaFault.TRUNCATED, "It ends.\né"))),
                    new Entry.Put(failed("f", new JobFailure.TimedOut(Duration.ofMillis(1500)))),
                    new Entry.Put(failed("g", new JobFailure.Interrupted(3))),
                    new Entry.Put(video("h", new Trim.Whole())),
                    new Entry.Put(video("i", new Trim.Frames(3, OptionalLong.of(9)))),
                    new Entry.Put(
                            video("j", new Trim.Times(Duration.ofMillis(40), Optional.empty()))),
                    new Entry.Put(
                            video("k", new Trim.Whole())
                                    .started(NOW)
                                    .filmed(new VideoProgress(7, 50, 23.5))),
                    new Entry.Put(
                            failed(
                                    "l",
                                    new JobFailure.BadVideo(
                                            VideoFault.TOO_LARGE, "It is too long."))),
                    new Entry.Put(failed("m", new JobFailure.VideoFailed("ffmpeg crashed."))),
                    new Entry.Put(failed("n", new JobFailure.OutOfMemory())),
                    new Entry.Put(
                            video("o", new Trim.Whole())
                                    .started(NOW)
                                    .succeeded(
                                            NOW,
                                            new JobResult(
                                                    "video/mp4",
                                                    12,
                                                    "aa",
                                                    NOW,
                                                    Set.of(
                                                            Alteration.CROPPED,
                                                            Alteration.TONE_MAPPED)))));

    private static Job video(String id, Trim trim) {
        return Job.accepted(Jobs.order(id, 9, VideoOptions.defaults().with(trim)), 9);
    }

    private static Job failed(String id, JobFailure failure) {
        return Jobs.running(id, 9).failed(NOW, failure);
    }

    @Test
    void readsWhatItWrote() {
        // when
        var content = JournalFormat.read(journal(ENTRIES));

        // then
        assertThat(content.unreadable()).isZero();
        assertThat(content.epoch()).isEqualTo(7);
        assertThat(content.jobs()).isEqualTo(jobsAfter(ENTRIES.size()));
    }

    @Test
    void isJsonALine() {
        // when
        var text = new String(journal(List.of(new Entry.Head(1, 7))), UTF_8);

        // then: the checksum by a bitwise CRC-32C in Python that gives e3069283 for 123456789
        assertThat(text)
                .isEqualTo(
                        "{\"crc32c\":\"4bf70d5c\",\"entry\":{\"kind\":\"journal\",\"format\":1,\"epoch\":7}}\n");
    }

    @Test
    void readsAJobOfWhenNothingTrackedFaces() {
        assertThatItIsReadWithout("\"tracker\":null,", Jobs.queued("a", 1));
    }

    @Test
    void readsAJobOfWhenNothingToldAlterations() {
        assertThatItIsReadWithout(
                ",\"alterations\":[]", Jobs.running("a", 1).succeeded(NOW, Jobs.result()));
    }

    private static void assertThatItIsReadWithout(String field, Job job) {
        // given
        var line = new String(JournalFormat.line(new Entry.Put(job)), UTF_8);
        assertThat(line).contains(field);
        var entry =
                line.substring(line.indexOf("{\"kind\""), line.lastIndexOf('}')).replace(field, "");
        var checksum = new CRC32C();
        checksum.update(entry.getBytes(UTF_8));

        // when
        var content =
                JournalFormat.read(
                        "{\"crc32c\":\"%08x\",\"entry\":%s}\n"
                                .formatted(checksum.getValue(), entry)
                                .getBytes(UTF_8));

        // then
        assertThat(content.unreadable()).isZero();
        assertThat(content.jobs()).containsExactly(job);
    }

    @Test
    void readsEveryBeginningAsTheLinesThatAreWhole() {
        // given: jobs that come, change, end and go
        var journal = journal(ENTRIES.subList(0, 9));
        var ends = new ArrayList<Integer>();
        for (var i = 0; i < journal.length; i++) {
            if (journal[i] == '\n') {
                ends.add(i + 1);
            }
        }

        for (var length = 0; length <= journal.length; length++) {
            // when
            var content = JournalFormat.read(Arrays.copyOf(journal, length));

            // then
            var end = length;
            var lines = (int) ends.stream().filter(at -> at <= end).count();
            assertThat(content.jobs()).as("first %d bytes", length).isEqualTo(jobsAfter(lines));
            assertThat(content.unreadable()).as("first %d bytes", length).isZero();
        }
    }

    static Stream<Integer> lines() {
        return Stream.iterate(0, i -> i + 1).limit(ENTRIES.size());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void losesNoOtherLineByADamagedOne(int damaged) {
        // given
        var journal = journal(ENTRIES);
        var start = journal(ENTRIES.subList(0, damaged)).length;
        var end = journal(ENTRIES.subList(0, damaged + 1)).length - 1;
        var random = new Random(damaged);

        for (var i = 0; i < 50; i++) {
            // when
            var broken = journal.clone();
            var at = random.nextInt(start + "{'crc32c':'12345678','entry':".length(), end - 1);
            broken[at] = broken[at] == 'x' ? (byte) 'y' : (byte) 'x';
            var content = JournalFormat.read(broken);

            // then
            var others = new ArrayList<>(ENTRIES);
            others.remove(damaged);
            assertThat(content.jobs()).containsExactlyInAnyOrderElementsOf(jobsAfter(others));
            assertThat(content.unreadable()).isEqualTo(1);
        }
    }

    @Test
    void refusesTheJournalOfANewerVersion() {
        // given
        var journal = journal(List.of(new Entry.Head(2, 1)));

        // then
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> JournalFormat.read(journal))
                .withMessageContaining("format 2");
    }

    private static byte[] journal(List<Entry> entries) {
        var journal = new ByteArrayOutputStream();
        entries.forEach(entry -> journal.writeBytes(JournalFormat.line(entry)));
        return journal.toByteArray();
    }

    private static List<Job> jobsAfter(int lines) {
        return jobsAfter(ENTRIES.subList(0, lines));
    }

    // The rule in another form than the reader's: for each id, in the order of its first line, the
    // last word, unless that is the end of it.
    private static List<Job> jobsAfter(List<Entry> entries) {
        var ids =
                entries.stream()
                        .filter(Entry.Put.class::isInstance)
                        .map(entry -> ((Entry.Put) entry).job().id())
                        .distinct();
        return ids.flatMap(id ->
                        entries.stream()
                                .filter(entry -> isAbout(entry, id))
                                .reduce((_, last) -> last)
                                .stream())
                .filter(Entry.Put.class::isInstance)
                .map(entry -> ((Entry.Put) entry).job())
                .toList();
    }

    private static boolean isAbout(Entry entry, String id) {
        return switch (entry) {
            case Entry.Head _ -> false;
            case Entry.Put(var job) -> job.id().equals(id);
            case Entry.Forgotten(var gone) -> gone.equals(id);
        };
    }
}
