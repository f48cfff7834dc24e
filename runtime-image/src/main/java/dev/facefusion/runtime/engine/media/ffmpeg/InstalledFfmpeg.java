package dev.facefusion.runtime.engine.media.ffmpeg;

import org.jspecify.annotations.Nullable;

/// The ffmpeg of a search path, looked for when it is first needed.
///
/// Safe to use from several threads.
public final class InstalledFfmpeg {

    private final String path;
    private @Nullable Ffmpeg found;

    private InstalledFfmpeg(String path) {
        this.path = path;
    }

    /// That of a search path.
    ///
    /// @param path folders, separated as in `PATH`
    public static InstalledFfmpeg on(String path) {
        return new InstalledFfmpeg(path);
    }

    /// There is none.
    public static InstalledFfmpeg none() {
        return on("");
    }

    /// It, once it has been found.
    ///
    /// @throws FfmpegException if it is missing or does not answer; the next call looks again
    public synchronized Ffmpeg get() {
        var known = found;
        if (known == null) {
            known = Ffmpeg.find(path);
            found = known;
        }
        return known;
    }
}
