package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.video.VideoEngine;
import dev.facefusion.runtime.memory.HeapWatch;
import dev.facefusion.runtime.provenance.Release;
import java.util.Optional;
import java.util.function.Supplier;

/// What workers work with, all made for the same set of models.
///
/// @param engines opens one engine, on the worker's thread
/// @param release what every result passes before it leaves
/// @param checks of the engines
/// @param videos empty where there is no ffmpeg
/// @param heap told when it was full
public record EngineSupply(
        Supplier<Engine> engines,
        Release release,
        Checks checks,
        Optional<VideoEngine> videos,
        HeapWatch heap) {}
