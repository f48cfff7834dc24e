package dev.facefusion.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facefusion.runtime.cli.BatchJournal.Entry;
import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.sdk.FaceFusion;
import dev.facefusion.sdk.ProgressListener;
import dev.facefusion.sdk.Result;
import dev.facefusion.sdk.Setup;
import dev.facefusion.sdk.SwapTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Carries out the items of a batch on several engines, one each.
///
/// 1. An item that the journal has as done is left out.
/// 2. Any other is carried out; what cannot be is an entry with the reason, and the batch goes on.
/// 3. A signal cancels the items under way, which are not in the journal then, and no other begins.
final class Batch {

    private final List<Path> sources;
    private final OptionValues options;
    private final Optional<String> consent;
    private final BatchJournal journal;
    private final Consumer<Entry> told;
    private final String what;

    /// @param told of every item that ended, on any thread, one at a time
    Batch(
            List<Path> sources,
            OptionValues options,
            Optional<String> consent,
            BatchJournal journal,
            Consumer<Entry> told) {
        this.sources = sources;
        this.options = options;
        this.consent = consent;
        this.journal = journal;
        this.told = told;
        this.what = digest(sources) + options.toSwapOptions() + options.toVideoOptions();
    }

    /// How many items failed.
    int run(List<BatchItem> items, Setup setup, int workers, StopSignal stop) {
        var left = new ConcurrentLinkedQueue<>(items);
        var failed = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(workers, Thread.ofPlatform().factory())) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < workers; i++) {
                running.add(threads.submit(() -> work(left, setup, stop, failed)));
            }
            for (var worker : running) {
                await(worker);
            }
        }
        return failed.get();
    }

    private void work(Queue<BatchItem> left, Setup setup, StopSignal stop, AtomicInteger failed) {
        var next = undone(left);
        if (next == null) {
            return; // no model needs to be loaded
        }
        try (var faceFusion = FaceFusion.open(setup, options)) {
            for (; next != null && !stop.first().isDone(); next = undone(left)) {
                var entry = process(faceFusion, next, stop);
                if (entry.isPresent()) {
                    journal.add(entry.get());
                    tell(entry.get());
                    failed.addAndGet(entry.get().done() ? 0 : 1);
                }
            }
        }
    }

    private @Nullable BatchItem undone(Queue<BatchItem> left) {
        for (var item = left.poll(); item != null; item = left.poll()) {
            var done = journal.done(key(item));
            if (done == null) {
                return item;
            }
            tell(done.skipped());
        }
        return null;
    }

    // Empty where a signal ended it.
    private Optional<Entry> process(FaceFusion faceFusion, BatchItem item, StopSignal stop) {
        try {
            var task = new SwapTask(sources, item.target(), item.output(), options, consent);
            var running = faceFusion.start(task, ProgressListener.NONE);
            var _ = stop.first().thenRun(running::cancel);
            return switch (running.await()) {
                case Result.Done done ->
                        Optional.of(
                                new Entry(
                                        key(item),
                                        item.target().toString(),
                                        item.output().toString(),
                                        Entry.DONE,
                                        done.requestId(),
                                        done.faces(),
                                        done.elapsed().toMillis(),
                                        null));
                case Result.Filmed video ->
                        Optional.of(
                                new Entry(
                                        key(item),
                                        item.target().toString(),
                                        item.output().toString(),
                                        Entry.DONE,
                                        video.requestId(),
                                        null,
                                        video.elapsed().toMillis(),
                                        null));
                case Result.Failed(var reason) -> failed(item, reason);
                case Result.NoFace(var input) ->
                        failed(item, "no face was found in the " + name(input));
                case Result.Unusable(var input, var reason) ->
                        failed(item, "the %s: %s".formatted(name(input), reason));
                case Result.Unavailable(var option, var expected) ->
                        failed(item, "%s must be %s".formatted(option, expected));
                case Result.Cancelled _ -> Optional.empty();
            };
        } catch (RuntimeException e) {
            return failed(item, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError _) { // a smaller one may go well: nothing of this one is left
            return failed(item, "it is too large for Java's heap; give it more by -Xmx");
        }
    }

    private Optional<Entry> failed(BatchItem item, String reason) {
        return Optional.of(
                new Entry(
                        key(item),
                        item.target().toString(),
                        item.output().toString(),
                        Entry.FAILED,
                        null,
                        null,
                        null,
                        reason));
    }

    private synchronized void tell(Entry entry) {
        told.accept(entry);
    }

    private static String name(Input input) {
        return switch (input) {
            case SOURCE -> "source";
            case TARGET -> "target";
        };
    }

    // By size and time rather than by content: a batch of a thousand begins at once.
    private String key(BatchItem item) {
        try {
            var target = item.target();
            var state =
                    Files.exists(target)
                            ? Files.size(target) + "@" + Files.getLastModifiedTime(target)
                            : "missing";
            return sha256(
                    String.join("\n", what, target.toString(), state, item.output().toString())
                            .getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(item.target()), e);
        }
    }

    private static String digest(List<Path> files) {
        return String.join(",", files.stream().map(NamedFile::read).map(Batch::sha256).toList());
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void await(Future<?> worker) {
        try {
            worker.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException cause -> cause;
                case OutOfMemoryError full -> throw full;
                case null, default ->
                        new IllegalStateException("a worker ended by a defect", e.getCause());
            };
        }
    }
}
