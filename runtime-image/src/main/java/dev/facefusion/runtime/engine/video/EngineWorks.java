package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.Preparation;
import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.options.SelectorMode;
import dev.facefusion.runtime.engine.options.TrackerOptions;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageListener;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// Workers with an engine each.
///
/// @param engines at least one; the first belongs to the thread that runs the task. None does
///   anything else meanwhile.
/// @param sources files of encoded pictures, as of a still's request
public record EngineWorks(List<? extends Engine> engines, List<Path> sources, SwapOptions options)
        implements FrameWorks {

    public EngineWorks {
        engines = List.copyOf(engines);
        sources = List.copyOf(sources);
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("engines is empty");
        }
    }

    @Override
    public int workers() {
        return engines.size();
    }

    @Override
    public Preparation prepare(int worker, StageListener progress, Cancellation cancellation) {
        return engines.get(worker).prepare(sources, options, progress, cancellation);
    }

    @Override
    public boolean followsFaces() {
        return engines.getFirst().followsFaces();
    }

    @Override
    public int reach() {
        return options.faces().tracker().map(TrackerOptions::frames).orElse(0);
    }

    @Override
    public OptionalLong referenceFrame() {
        var selector = options.faces().selector();
        return selector.mode() == SelectorMode.REFERENCE
                ? OptionalLong.of(selector.referenceFrame())
                : OptionalLong.empty();
    }
}
