/// `ffmpeg` and `ffprobe` as child processes: how they are started, what they say about a file, the
/// raw frames that pass between them and us, and how they end.
@NullMarked
package dev.facefusion.runtime.engine.media.ffmpeg;

import org.jspecify.annotations.NullMarked;
