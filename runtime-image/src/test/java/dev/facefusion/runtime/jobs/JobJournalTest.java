package dev.facefusion.runtime.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class JobJournalTest {

    private final FakeFile file = new FakeFile();
    private final AtomicInteger failures = new AtomicInteger();

    /// A disk that is full when the test says so.
    private static final class FakeFile implements JournalFile {

        private volatile boolean full;
        private volatile int replaced;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        @Override
        public synchronized void append(byte[] lines) throws IOException {
            refuseIfFull();
            content.writeBytes(lines);
        }

        @Override
        public synchronized void replace(byte[] whole) throws IOException {
            refuseIfFull();
            content.reset();
            content.writeBytes(whole);
            replaced++;
        }

        @Override
        public void close() {}

        private void refuseIfFull() throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
        }

        private synchronized List<Job> jobs() {
            return JournalFormat.read(content.toByteArray()).jobs();
        }
    }

    @Test
    void hasAnEntryOnTheDiskWhenItSaysSo() throws Exception {
        // given
        try (var journal = begin(List.of())) {

            // when
            journal.put(Jobs.queued("a", 1)).join();

            // then
            assertThat(file.jobs()).containsExactly(Jobs.queued("a", 1));
        }
    }

    @Test
    void writesInTheOrderOfTheCalls() throws Exception {
        // given
        try (var journal = begin(List.of())) {

            // when
            for (var i = 0; i < 100; i++) {
                var _ = journal.put(Jobs.queued("a", i));
            }
            journal.put(Jobs.running("a", 100)).join();

            // then
            assertThat(file.jobs()).containsExactly(Jobs.running("a", 100));
        }
    }

    @Test
    void saysThatTheDiskIsFullAndCatchesUpLater() throws Exception {
        // given
        try (var journal = begin(List.of(Jobs.queued("a", 1)))) {
            file.full = true;

            // when
            var missed = journal.put(Jobs.running("a", 1));

            // then
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(missed::join)
                    .withMessageContaining("No space left");
            assertThat(failures).hasValue(1);

            // when
            file.full = false;
            journal.put(Jobs.queued("b", 2)).join();

            // then
            assertThat(file.jobs()).containsExactly(Jobs.running("a", 1), Jobs.queued("b", 2));
        }
    }

    @Test
    void staysSmallHoweverOftenAJobChanges() throws Exception {
        // given
        try (var journal = begin(List.of(Jobs.queued("a", 1)))) {

            // when
            for (var i = 0; i < 5_000; i++) {
                var _ = journal.put(Jobs.queued("a", i));
            }
            journal.put(Jobs.queued("b", 2)).join();

            // then
            assertThat(file.jobs()).containsExactly(Jobs.queued("a", 4_999), Jobs.queued("b", 2));
            assertThat(file.content.size()).isLessThan(1024 * 1024);
            assertThat(file.replaced).isGreaterThan(1);
        }
    }

    @Test
    void takesNothingOnceItIsClosed() throws Exception {
        // given
        var journal = begin(List.of());
        journal.close();

        // when
        var late = journal.put(Jobs.queued("a", 1));

        // then
        assertThat(late).isCompletedExceptionally();
    }

    @Test
    void leavesTheFileWholeWhenItIsReplacedAndGrows(@TempDir Path directory) throws Exception {
        // given
        var path = directory.resolve("journal");
        try (var journal =
                JobJournal.begin(
                        DurableFile.open(path), 1, List.of(Jobs.queued("a", 1)), () -> {})) {

            // when
            journal.put(Jobs.queued("b", 2)).join();
        }
        try (var journal =
                JobJournal.begin(
                        DurableFile.open(path), 2, List.of(Jobs.queued("b", 2)), () -> {})) {
            journal.put(Jobs.queued("c", 3)).join();
        }

        // then
        var content = JournalFormat.read(Files.readAllBytes(path));
        assertThat(content.jobs()).containsExactly(Jobs.queued("b", 2), Jobs.queued("c", 3));
        assertThat(content.epoch()).isEqualTo(2);
        assertThat(content.unreadable()).isZero();
    }

    private JobJournal begin(List<Job> jobs) throws IOException {
        return JobJournal.begin(file, 1, jobs, failures::incrementAndGet);
    }
}
