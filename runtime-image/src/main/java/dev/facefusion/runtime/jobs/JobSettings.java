package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.nio.file.Path;
import java.time.Duration;

/// How jobs are kept.
///
/// @param directory for the journal and the files; one process at a time
/// @param timeout from the acceptance of a job to its end, at most
/// @param resultTtl how long a result is kept after the end
/// @param diskBytes what inputs and results may take together
/// @param streams how many clients may follow events at once
public record JobSettings(
        Path directory, Duration timeout, Duration resultTtl, long diskBytes, int streams) {

    /// A process that dies thrice with the same job will die a fourth time.
    static final int MAX_ATTEMPTS = 3;

    private static final int MAX_DISK_MEGABYTES = 1024 * 1024;

    /// The settings in an environment.
    ///
    /// @throws ConfigException for the first variable that cannot be used
    public static JobSettings from(Environment environment) {
        return new JobSettings(
                environment
                        .path("WORK_DIR")
                        .orElseGet(
                                () -> Path.of(System.getProperty("java.io.tmpdir"), "facefusion"))
                        .resolve("jobs"),
                environment.seconds("JOB_TIMEOUT_SECONDS", 86_400),
                environment.seconds("JOB_RESULT_TTL_SECONDS", 3600),
                environment.mebibytes("JOB_DISK_MEGABYTES", 2048, MAX_DISK_MEGABYTES),
                environment.number("JOB_EVENT_STREAMS", 256, 1, 10_000));
    }
}
