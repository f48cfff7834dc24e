package dev.facefusion.tests.faults;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Native code with which the runtime's own tests make it fail; the first comment of each source
/// says how. Built here for this machine's C library, on which the runtime's image must not be
/// behind.
public enum FaultLibrary {
    /// Hangs the engine, or slows it down.
    STALL_AGENT("stall_agent.c", "stall_agent.so"),
    /// Stands in for the library of NVIDIA's driver.
    NVML_STUB("nvml_stub.c", "libnvidia-ml.so.1");

    private static final Path SOURCES = Path.of("../runtime-image/src/test/c");
    private static final Path BUILT = Path.of("target/faults");
    private static final Path JAVA_HEADERS = Path.of(System.getProperty("java.home"), "include");

    private final String source;
    private final String fileName;

    FaultLibrary(String source, String fileName) {
        this.source = source;
        this.fileName = fileName;
    }

    public String fileName() {
        return fileName;
    }

    /// Builds it. The test is skipped where there is no C compiler or no header of Java's.
    public Path build() {
        assumeThat(JAVA_HEADERS.resolve("jvmti.h")).as("this Java has no headers").exists();
        assumeThat(gccIsThere()).as("there is no gcc").isTrue();
        Path library = BUILT.resolve(fileName);
        try {
            Files.createDirectories(BUILT);
            Process gcc = new ProcessBuilder(command(library)).inheritIO().start();
            if (gcc.waitFor() != 0) {
                throw new IllegalStateException(source + " does not compile");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run gcc", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while building " + fileName, e);
        }
        return library;
    }

    private List<String> command(Path library) {
        return List.of(
                "gcc",
                "-shared",
                "-fPIC",
                "-I" + JAVA_HEADERS,
                "-I" + JAVA_HEADERS.resolve("linux"),
                "-o",
                library.toString(),
                SOURCES.resolve(source).toString());
    }

    private static boolean gccIsThere() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gcc")));
    }
}
