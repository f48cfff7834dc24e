package dev.facefusion.runtime.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.queue.Admission;
import dev.facefusion.runtime.queue.Lane;
import dev.facefusion.runtime.queue.Order;
import dev.facefusion.runtime.queue.TaskResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
