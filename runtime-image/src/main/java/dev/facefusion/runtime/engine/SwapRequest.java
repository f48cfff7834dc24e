package dev.facefusion.runtime.engine;

/// One task: put the largest face of `source` onto every face of `target`. Requests are not
/// compared.
///
/// @param source an encoded picture; not looked at when the options do not swap
/// @param target an encoded picture; the result has its size
@SuppressWarnings("ArrayRecordComponent")
public record SwapRequest(byte[] source, byte[] target, SwapOptions options) {}
