package dev.facefusion.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;

/// Clients that ask a server for swaps without pause, in a process of their own that gives way to
/// every other, until it is closed.
final class SwapLoad implements AutoCloseable {

    private static final Path PROGRAM = Path.of("src/test/python/load_swaps.py");
    private static final Path PHOTOS = Path.of("models/photos");

    private final Process process;

    private SwapLoad(Process process) {
        this.process = process;
    }

    static SwapLoad on(RuntimeProcess runtime, int clients) throws IOException {
        return new SwapLoad(
                new ProcessBuilder(
                                "python3",
                                PROGRAM.toString(),
                                Integer.toString(runtime.api("/").getPort()),
                                Integer.toString(clients),
                                PHOTOS.resolve("grace_hopper.jpg").toString(),
                                PHOTOS.resolve("astronaut.png").toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    boolean goesOn() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
