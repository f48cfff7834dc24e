package dev.facefusion.sdk.soak;

import dev.facefusion.runtime.engine.FrameProcessor;
import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.sdk.FaceFusion;
import dev.facefusion.sdk.ProgressListener;
import dev.facefusion.sdk.Result;
import dev.facefusion.sdk.RunningTask;
import dev.facefusion.sdk.Setup;
import dev.facefusion.sdk.SwapTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/// Carries out many pictures and videos in this process, some of them cancelled at a random stage,
/// and tells what is left of them: processes, files, threads, descriptors and memory.
///
/// `dev/soak` runs it as a pod does; a short one is a test.
final class Soak {

    private static final Path MODELS = Path.of("models");
    private static final Duration SETTLING = Duration.ofSeconds(20);

    /// Fewer tasks than that and the JIT compiler is still at work, which takes memory.
    private static final int ENOUGH_TO_JUDGE_MEMORY = 1000;

    private static final double FLAT = 1.05;

    private final FaceFusion faceFusion;
    private final Path folder;
    private final Map<String, Integer> outcomes = new TreeMap<>();

    private Soak(FaceFusion faceFusion, Path folder) {
        this.faceFusion = faceFusion;
        this.folder = folder;
    }

    /// Prints a table, and ends with 1 where something is left.
    ///
    /// @param args how many pictures, how many videos, the seed, an empty folder to work in
    public static void main(String[] args) throws IOException {
        int pictures = Integer.parseInt(args[0]);
        int videos = Integer.parseInt(args[1]);
        long seed = Long.parseLong(args[2]);
        var folder = Path.of(args[3]);
        var inputs = inputs(folder);
        try (var faceFusion = FaceFusion.open(Setup.bundled().models(MODELS).executionThreads(2))) {
            var soak = new Soak(faceFusion, folder);
            var first = SoakPlan.of(20, 1, inputs, seed + 1);
            first.tasks().forEach(soak::carryOut);
            soak.outcomes.clear();
            var before = Footprint.of(folder);
            var resident = soak.carryOut(SoakPlan.of(pictures, videos, inputs, seed));
            System.exit(soak.judge(before, soak.settled(before), resident) ? 0 : 1);
        }
    }

    private static SoakPlan.Inputs inputs(Path folder) throws IOException {
        var photos = MODELS.resolve("photos");
        var hopper = photos.resolve("grace_hopper.jpg");
        return new SoakPlan.Inputs(
                List.of(photos.resolve("astronaut.png"), hopper),
                Footages.portrait(folder.resolve("film.mp4"), hopper, "320x240", 3),
                Files.writeString(folder.resolve("broken.png"), "no picture"));
    }

    /// @return the process's memory after each task, in KiB
    private long[] carryOut(SoakPlan plan) throws IOException {
        var resident = new long[plan.tasks().size()];
        for (int i = 0; i < resident.length; i++) {
            carryOut(plan.tasks().get(i));
            resident[i] = Footprint.resident();
        }
        return resident;
    }

    private void carryOut(SoakPlan.Item item) {
        var output = folder.resolve(item.output());
        var task = SwapTask.of(item.source(), item.target(), output);
        var whole =
                item.enhanced()
                        ? task.frameProcessors(
                                FrameProcessor.FACE_SWAPPER, FrameProcessor.FACE_ENHANCER)
                        : task;
        var running = new CompletableFuture<RunningTask>();
        var stages = new AtomicInteger();
        ProgressListener canceller =
                (_, _) -> {
                    if (item.cancelledAfter().isPresent()
                            && stages.getAndIncrement() == item.cancelledAfter().getAsInt()) {
                        running.join().cancel();
                    }
                };
        running.complete(faceFusion.start(whole, canceller));
        count(item, running.join().await(), output);
    }

    // What was not cancelled ends as it should, and only what is done has an output.
    private void count(SoakPlan.Item item, Result result, Path output) {
        var outcome =
                switch (result) {
                    case Result.Done _ -> "pictures done";
                    case Result.Filmed _ -> "videos done";
                    case Result.Cancelled _ when item.cancelledAfter().isPresent() ->
                            item.film() ? "videos cancelled" : "pictures cancelled";
                    case Result.Unusable _ when item.target().endsWith("broken.png") ->
                            "broken pictures refused";
                    case Result.Cancelled _,
                            Result.Unusable _,
                            Result.NoFace _,
                            Result.Unavailable _,
                            Result.Failed _ ->
                            throw new IllegalStateException(item + " ended with " + result);
                };
        outcomes.merge(outcome, 1, Integer::sum);
        try {
            if (Files.deleteIfExists(output) != outcome.endsWith("done")) {
                throw new IllegalStateException(item + " has the wrong output");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Once all threads that are about to end did.
    private Footprint settled(Footprint before) throws IOException {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        var after = Footprint.of(folder);
        while (!after.leavesNothingOver(before) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            after = Footprint.of(folder);
        }
        return after;
    }

    private boolean judge(Footprint before, Footprint after, long[] resident) {
        outcomes.forEach((outcome, count) -> say("%-24s %9d", outcome, count));
        say("%-24s %9s %9s", "", "before", "after");
        say("%-24s %9d %9d", "processes", before.processes(), after.processes());
        say("%-24s %9d %9d", "files", before.files(), after.files());
        say("%-24s %9d %9d", "threads", before.threads(), after.threads());
        say("%-24s %9d %9d", "descriptors", before.descriptors(), after.descriptors());
        for (int quarter = 0; quarter < 4; quarter++) {
            var part = quarter(resident, quarter).summaryStatistics();
            say(
                    "resident MiB, quarter %d  mean %.1f, %d to %d",
                    quarter + 1,
                    part.getAverage() / 1024,
                    part.getMin() / 1024,
                    part.getMax() / 1024);
        }
        double growth = mean(resident, 3) / mean(resident, 2);
        say("last quarter to the third %8.3f", growth);
        boolean flat = growth <= FLAT || resident.length < ENOUGH_TO_JUDGE_MEMORY;
        boolean clean = after.leavesNothingOver(before);
        say("%s", clean && flat ? "nothing is left" : "SOMETHING IS LEFT");
        return clean && flat;
    }

    private static LongStream quarter(long[] values, int number) {
        return Arrays.stream(values, number * values.length / 4, (number + 1) * values.length / 4);
    }

    private static double mean(long[] values, int quarter) {
        return quarter(values, quarter).average().orElseThrow();
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "\n", values);
    }
}
