package dev.facefusion.runtime.engine;

import java.nio.file.Path;

/// One task: put the largest face of `source` onto every face of `target`.
///
/// @param source file of an encoded picture; not looked at when the options do not swap
/// @param target file of an encoded picture; the result has its size
public record SwapRequest(Path source, Path target, SwapOptions options) {}
