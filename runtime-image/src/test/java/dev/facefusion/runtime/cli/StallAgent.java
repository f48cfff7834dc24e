package dev.facefusion.runtime.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Hangs the engine of a process from outside, by an agent of the Java that runs it.
final class StallAgent {

    private static final Path SOURCE = Path.of("src/test/c/stall_agent.c");
    private static final Path INCLUDE = Path.of(System.getProperty("java.home"), "include");

    private final Path library;
    private final Path file;

    private StallAgent(Path library, Path file) {
        this.library = library;
        this.file = file;
    }

    /// Builds it. The test is skipped where there is no C compiler or no header of Java's.
    static StallAgent in(Path folder) throws IOException, InterruptedException {
        assumeThat(INCLUDE.resolve("jvmti.h")).as("this Java has no headers").exists();
        assumeThat(gccIsThere()).as("there is no gcc to build the agent with").isTrue();
        var agent = new StallAgent(folder.resolve("stall_agent.so"), folder.resolve("stall"));
        var gcc =
                new ProcessBuilder(
                                "gcc",
                                "-shared",
                                "-fPIC",
                                "-Wall",
                                "-Werror",
                                "-I" + INCLUDE,
                                "-I" + INCLUDE.resolve("linux"),
                                "-o",
                                agent.library.toString(),
                                SOURCE.toString())
                        .inheritIO()
                        .start();
        if (gcc.waitFor() != 0) {
            throw new IllegalStateException("the agent does not compile");
        }
        return agent;
    }

    /// For the process' `JAVA_TOOL_OPTIONS`.
    String option() {
        return "-agentpath:%s=%s".formatted(library, file);
    }

    /// From now on no task comes to an end, in the processes that run.
    void hang() throws IOException {
        Files.createFile(file);
    }

    void release() throws IOException {
        Files.delete(file);
    }

    private static boolean gccIsThere() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gcc")));
    }
}
