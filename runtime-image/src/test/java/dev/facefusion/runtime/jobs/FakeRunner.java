package dev.facefusion.runtime.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.media.PictureSize;
import dev.facefusion.runtime.engine.video.VideoOutcome;
import dev.facefusion.runtime.engine.video.VideoProgress;
import dev.facefusion.runtime.queue.Admission;
import dev.facefusion.runtime.queue.Assignment;
import dev.facefusion.runtime.queue.Lane;
import dev.facefusion.runtime.queue.Order;
import dev.facefusion.runtime.queue.TaskResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A queue whose tasks begin and end when the test says so.
final class FakeRunner implements JobRunner {

    private final List<Order> waiting = new CopyOnWriteArrayList<>();
    private volatile Optional<Admission.Rejected> refusal = Optional.empty();

    void refuse(Admission.Rejected why) {
        refusal = Optional.of(why);
    }

    /// The orders that have not ended, in their order.
    List<Order> waiting() {
        return List.copyOf(waiting);
    }

    /// The first one begins.
    Order begin() {
        var order = waiting.getFirst();
        order.observer().started();
        return order;
    }

    /// The first one begins and is done.
    void run(String image) {
        end(begin(), done(image));
    }

    void end(Order order, TaskResult result) {
        if (waiting.remove(order)) {
            order.observer().ended(result);
            order.observer().left();
        }
    }

    /// The engine has written the video of an order.
    static TaskResult film(Order order, String content) {
        var output = ((Assignment.OfVideo) order.assignment()).output();
        write(output, content);
        return new TaskResult.Filmed(
                new VideoOutcome.Finished(
                        output, 1, 1, new PictureSize(2, 2), Duration.ofMillis(7), Set.of()));
    }

    /// The engine has so much of it.
    static void begun(Order order, String content) {
        var output = ((Assignment.OfVideo) order.assignment()).output();
        write(output.resolveSibling(".result.begun.part"), content);
        order.observer().filmed(new VideoProgress(1, 2, 25));
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TaskResult done(String image) {
        return new TaskResult.Done(
                new SwapOutcome.Swapped(
                        image.getBytes(UTF_8),
                        SwapOptions.defaults().outputFormat(),
                        1,
                        1,
                        1,
                        Duration.ofMillis(7)));
    }

    @Override
    public Optional<Admission.Rejected> refusal(Lane lane) {
        return refusal;
    }

    @Override
    public Start submit(Order order) {
        return refusal.<Start>map(Start.Refused::new)
                .orElseGet(() -> new Start.Begun(resubmit(order)));
    }

    @Override
    public Turn resubmit(Order order) {
        waiting.add(order);
        return new Turn() {
            @Override
            public OptionalInt position() {
                var index = waiting.indexOf(order);
                return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
            }

            @Override
            public void cancel() {
                end(order, new TaskResult.Cancelled());
            }
        };
    }
}
