package dev.facefusion.runtime.engine.video;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/// Makes videos with the ffmpeg of the search path, and is skipped where there is none;
/// `dev/verify` sees to it that there is one.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "dev.facefusion.runtime.engine.video.Footages#ffmpegIsThere",
        disabledReason = "ffmpeg is missing")
public @interface NeedsFfmpeg {}
