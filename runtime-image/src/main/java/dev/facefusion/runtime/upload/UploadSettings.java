package dev.facefusion.runtime.upload;

import dev.facefusion.runtime.config.Environment;
import java.nio.file.Path;

/// Where uploads go.
///
/// @param workDir made if it is not there; other processes may use the same one
/// @param diskBytes that uploads may take together
public record UploadSettings(Path workDir, long diskBytes) {

    private static final int MAX_MEGABYTES = 1024 * 1024;

    public static UploadSettings from(Environment read) {
        return new UploadSettings(
                read.path("WORK_DIR")
                        .orElseGet(
                                () -> Path.of(System.getProperty("java.io.tmpdir"), "facefusion")),
                read.mebibytes("UPLOAD_DISK_MEGABYTES", 2048, MAX_MEGABYTES));
    }
}
