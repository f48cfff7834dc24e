package dev.facefusion.runtime.engine.video;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs a class with the ffmpeg of the search path, and with the image's, which is three releases
/// newer than the oldest that we work with: its constructor takes the
/// [dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg]. Videos are made, and looked at, by the
/// search path's own.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass
@MethodSource("dev.facefusion.runtime.engine.video.ImageFfmpeg#andTheSearchPaths")
@interface EachFfmpeg {}
