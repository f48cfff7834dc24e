package dev.facefusion.runtime.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.video.VideoOptions;
import dev.facefusion.runtime.queue.Lane;
import dev.facefusion.runtime.upload.StoredFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Jobs in a directory, with a clock that the test sets; it can be closed and opened again.
final class Workshop implements AutoCloseable {

    static final Duration TTL = Duration.ofHours(1);

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    volatile Instant now = Jobs.NOON;
    FakeRunner runner = new FakeRunner();
    JobService jobs;

    private final Path directory;
    private final JobSettings settings;
    private final AtomicInteger uploads = new AtomicInteger();

    Workshop(Path directory, long diskBytes) {
        this.directory = directory;
        this.settings =
                new JobSettings(
                        directory.resolve("jobs"), Duration.ofHours(24), TTL, diskBytes, 16);
        this.jobs = open();
    }

    private JobService open() {
        return new JobOpening(settings, runner, metrics, () -> now).open();
    }

    /// The end of the process and the start of the next one.
    void restart() throws IOException {
        jobs.close();
        runner = new FakeRunner();
        jobs = open();
    }

    /// The process is killed: what is in its directory now is what the next one finds.
    Workshop killed(Path next) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.toList()) {
                var copy = next.resolve(directory.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return new Workshop(next, settings.diskBytes());
    }

    Submission wish(@Nullable String key, String source, String target) {
        return wish(key, source, target, null);
    }

    private Submission wish(
            @Nullable String key, String source, String target, @Nullable VideoOptions film) {
        return new Submission(
                "r1",
                "alice",
                Lane.BATCH,
                SwapOptions.defaults(),
                film,
                List.of(upload(source)),
                upload(target),
                settings.timeout(),
                key);
    }

    private StoredFile upload(String content) {
        try {
            var file = directory.resolve("upload-" + uploads.incrementAndGet());
            Files.writeString(file, content);
            return new StoredFile(file, content.length(), JobStore.sha256(content.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Job accepted(String target) {
        return ((Acceptance.Accepted) jobs.accept(wish(null, "face", target))).job();
    }

    /// One whose target is a video.
    Job acceptedVideo(String target) {
        return ((Acceptance.Accepted)
                        jobs.accept(wish(null, "face", target, VideoOptions.defaults())))
                .job();
    }

    /// A job that has its result.
    Job done(String image) {
        var job = accepted("target");
        runner.run(image);
        return until(job, Job::ended);
    }

    Job until(Job job, Predicate<Job> wished) {
        await().until(() -> jobs.find("alice", job.id()).filter(wished).isPresent());
        return see(job);
    }

    Job see(Job job) {
        return jobs.find("alice", job.id()).orElseThrow();
    }

    Path files(Job job) {
        return settings.directory().resolve("files").resolve(job.id());
    }

    Path directory() {
        return settings.directory();
    }

    @Override
    public void close() throws IOException {
        jobs.close();
    }
}
