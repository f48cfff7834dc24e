package dev.facefusion.operator.decide.trend;

import dev.facefusion.operator.decide.trend.Forecast.Exhausts;
import dev.facefusion.operator.decide.trend.Forecast.Steady;
import dev.facefusion.operator.decide.trend.Forecast.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// One GPU's memory under one load. Judged anew only when a span of time closes, so that a poll
/// costs next to nothing.
///
/// @param open the span that is not over yet
/// @param closed at most a window's spans
/// @param highest the most that the first part of any window held
/// @param forecast stands until it was not borne out for a third of the window
/// @param doubts spans in a row that did not bear it out
/// @param imminent whether the memory is full within the horizon; begins only with growth that was
///   just borne out
record Series(
        String load,
        Minimum open,
        List<Minimum> closed,
        double highest,
        Forecast forecast,
        int doubts,
        boolean imminent) {
    private static final Duration SHORTEST = Duration.ofMinutes(30);
    private static final int FEWEST = 24;

    /// An alarm ends where the memory would last this many horizons.
    private static final int RELIEF = 2;

    Series {
        closed = List.copyOf(closed);
    }

    static Series begin(MemorySample sample, TrendSettings settings) {
        return new Series(
                sample.load(),
                Minimum.of(index(sample, settings), sample),
                List.of(),
                Double.NEGATIVE_INFINITY,
                new Unknown(),
                0,
                false);
    }

    /// This series with one more sample; one that is older than the open span is ignored.
    Series after(MemorySample sample, TrendSettings settings) {
        if (!sample.load().equals(load)) {
            return begin(sample, settings);
        }
        long index = index(sample, settings);
        if (index < open.index()) {
            return this;
        }
        if (index == open.index()) {
            return new Series(load, open.with(sample), closed, highest, forecast, doubts, imminent);
        }
        return judged(window(index, settings), sample, settings);
    }

    private List<Minimum> window(long index, TrendSettings settings) {
        long first = index - settings.window().dividedBy(settings.span());
        return Stream.concat(closed.stream(), Stream.of(open))
                .filter(minimum -> minimum.index() >= first)
                .toList();
    }

    private Series judged(List<Minimum> window, MemorySample sample, TrendSettings settings) {
        var next = Minimum.of(index(sample, settings), sample);
        if (tooLittle(window, settings)) {
            return new Series(load, next, window, highest, new Unknown(), 0, false);
        }
        double headroom = headroom(window, sample);
        var growth = Growth.of(window, highest, headroom);
        double record = Math.max(highest, growth.floor());
        if (growth.slope().isPresent()) {
            var at = exhaustion(headroom / growth.slope().getAsDouble(), sample, settings);
            return new Series(
                    load,
                    next,
                    window,
                    record,
                    new Exhausts(at),
                    0,
                    imminent(at, sample, settings));
        }
        long patience = settings.window().dividedBy(settings.span()) / 3;
        return forecast instanceof Exhausts(var at) && doubts + 1 < patience
                ? new Series(
                        load,
                        next,
                        window,
                        record,
                        forecast,
                        doubts + 1,
                        imminent && imminent(at, sample, settings))
                : new Series(load, next, window, record, new Steady(), 0, false);
    }

    private static boolean tooLittle(List<Minimum> window, TrendSettings settings) {
        if (window.size() < FEWEST) {
            return true;
        }
        long spans = window.getLast().index() - window.getFirst().index() + 1;
        return window.size() * 2L < spans
                || settings.span().multipliedBy(spans).compareTo(SHORTEST) < 0;
    }

    /// From the most that was used, since that is what meets the limit first.
    private static double headroom(List<Minimum> window, MemorySample sample) {
        int most = window.stream().mapToInt(Minimum::highest).max().orElseThrow();
        return sample.limit() - Growth.GRAIN_MEBIBYTES - most;
    }

    private static Instant exhaustion(double spans, MemorySample sample, TrendSettings settings) {
        return sample.at().plusSeconds(Math.round(spans * settings.span().toSeconds()));
    }

    private boolean imminent(Instant at, MemorySample sample, TrendSettings settings) {
        var reach = settings.horizon().multipliedBy(imminent ? RELIEF : 1);
        return !at.isAfter(sample.at().plus(reach));
    }

    private static long index(MemorySample sample, TrendSettings settings) {
        return Math.floorDiv(sample.at().getEpochSecond(), settings.span().toSeconds());
    }
}
