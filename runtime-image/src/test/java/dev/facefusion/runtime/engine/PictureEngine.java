package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.session.ExecutionProvider;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An engine of a test that sees no video: it has no models, and needs but to be told what a swap
/// is.
public interface PictureEngine extends Engine {

    @Override
    default Preparation prepare(
            List<Path> sources,
            SwapOptions options,
            StageListener progress,
            Cancellation cancellation) {
        throw new UnsupportedOperationException("the test has no video");
    }

    @Override
    default Set<String> models() {
        return Set.of();
    }

    @Override
    default ExecutionReport execution() {
        return new ExecutionReport(
                List.of(ExecutionProvider.CPU), ExecutionProvider.CPU, List.of(), Map.of());
    }

    @Override
    default void warmUp() {}

    @Override
    default void close() {}
}
