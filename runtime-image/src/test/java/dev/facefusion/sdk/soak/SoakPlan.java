package dev.facefusion.sdk.soak;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/// The tasks of a soak, in their order: the same seed makes the same ones.
///
/// @param tasks pictures and videos, shuffled
record SoakPlan(List<Item> tasks) {

    private static final double CANCELLED = 0.3;
    private static final double BROKEN = 0.05;

    /// A third of the tasks are cancelled. A picture has some ten stages, a video of 75 frames some
    /// 500.
    private static final int STAGES_OF_PICTURE = 10;

    private static final int STAGES_OF_VIDEO = 500;

    /// The files that tasks work on.
    ///
    /// @param broken neither picture nor video, under the name of a picture
    record Inputs(List<Path> pictures, Path video, Path broken) {}

    /// @param enhanced whether the face is enhanced as well
    /// @param cancelledAfter so many stages; empty to let it end
    record Item(
            Path source, Path target, String output, boolean enhanced, OptionalInt cancelledAfter) {

        boolean film() {
            return output.endsWith(".mp4");
        }
    }

    static SoakPlan of(int pictures, int videos, Inputs inputs, long seed) {
        var random = new Random(seed);
        var tasks = new ArrayList<Item>();
        for (int i = 0; i < pictures; i++) {
            var target =
                    random.nextDouble() < BROKEN ? inputs.broken() : any(inputs.pictures(), random);
            tasks.add(
                    new Item(
                            any(inputs.pictures(), random),
                            target,
                            random.nextBoolean() ? "out.png" : "out.jpg",
                            random.nextInt(8) == 0,
                            cancelled(random, STAGES_OF_PICTURE)));
        }
        for (int i = 0; i < videos; i++) {
            tasks.add(
                    new Item(
                            any(inputs.pictures(), random),
                            inputs.video(),
                            "out.mp4",
                            false,
                            cancelled(random, STAGES_OF_VIDEO)));
        }
        Collections.shuffle(tasks, random);
        return new SoakPlan(List.copyOf(tasks));
    }

    private static Path any(List<Path> files, Random random) {
        return files.get(random.nextInt(files.size()));
    }

    private static OptionalInt cancelled(Random random, int stages) {
        return random.nextDouble() < CANCELLED
                ? OptionalInt.of(random.nextInt(stages))
                : OptionalInt.empty();
    }
}
