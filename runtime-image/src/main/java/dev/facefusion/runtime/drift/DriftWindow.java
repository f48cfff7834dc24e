package dev.facefusion.runtime.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sums over the last while, in a fixed number of slices, and a judgement with hysteresis: a figure
/// drifts when it is further from the baseline than its tolerance, and is back within half of it.
/// Not safe for several threads.
final class DriftWindow {

    /// The figures forget in steps of this share of the window.
    private static final int SLICES = 60;

    /// Fewer say more about who came than about the models.
    private static final int ENOUGH_SAMPLES = 20;

    private static final int ENOUGH_TASKS = 50;
    private static final double BACK = 0.5;

    private final @Nullable Baseline baseline;
    private final Duration window;
    private final ArrayDeque<Slice> slices = new ArrayDeque<>();
    private boolean identityDrifts;
    private boolean noFaceDrifts;

    private static final class Slice {
        private final Instant start;
        private long samples;
        private double similarity;
        private long tasks;
        private long noFace;

        private Slice(Instant start) {
            this.start = start;
        }
    }

    DriftWindow(Optional<Baseline> baseline, Duration window) {
        this.baseline = baseline.orElse(null);
        this.window = window;
    }

    /// A swap was made.
    void swapped(Instant now) {
        slice(now).tasks++;
    }

    /// A picture showed no face.
    void noFace(Instant now) {
        var slice = slice(now);
        slice.tasks++;
        slice.noFace++;
    }

    /// A swap's similarity was measured.
    void measured(double similarity, Instant now) {
        var slice = slice(now);
        slice.samples++;
        slice.similarity += similarity;
    }

    /// The figures, and the judgement that they lead to.
    DriftFigures figures(Instant now) {
        forget(now);
        var samples = slices.stream().mapToLong(slice -> slice.samples).sum();
        var tasks = slices.stream().mapToLong(slice -> slice.tasks).sum();
        var similarity =
                slices.stream().mapToDouble(slice -> slice.similarity).sum() / Math.max(1, samples);
        var ratio =
                (double) slices.stream().mapToLong(slice -> slice.noFace).sum()
                        / Math.max(1, tasks);
        if (baseline != null) {
            identityDrifts =
                    samples >= ENOUGH_SAMPLES
                            && outside(
                                    baseline.identitySimilarity() - similarity,
                                    baseline.identityTolerance(),
                                    identityDrifts);
            noFaceDrifts =
                    tasks >= ENOUGH_TASKS
                            && outside(
                                    ratio - baseline.noFaceRatio(),
                                    baseline.noFaceTolerance(),
                                    noFaceDrifts);
        }
        return new DriftFigures(
                samples == 0 ? null : similarity,
                tasks == 0 ? null : ratio,
                baseline,
                samples,
                tasks,
                window,
                identityDrifts || noFaceDrifts);
    }

    private static boolean outside(double distance, double tolerance, boolean already) {
        return distance > (already ? tolerance * BACK : tolerance);
    }

    private Slice slice(Instant now) {
        var last = slices.peekLast();
        if (last == null || Duration.between(last.start, now).compareTo(length()) >= 0) {
            forget(now);
            last = new Slice(now);
            slices.addLast(last);
        }
        return last;
    }

    private Duration length() {
        return window.dividedBy(SLICES);
    }

    private void forget(Instant now) {
        var oldest = now.minus(window);
        while (!slices.isEmpty() && slices.getFirst().start.isBefore(oldest)) {
            slices.removeFirst();
        }
    }
}
