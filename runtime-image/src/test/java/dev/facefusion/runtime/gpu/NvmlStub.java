package dev.facefusion.runtime.gpu;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The library of `src/test/c/nvml_stub.c`, built for this run, and the script that it plays.
public final class NvmlStub {

    /// Which functions a driver has.
    public enum Driver {
        CURRENT,
        OLD,
        NEW
    }

    private static final Path SOURCE = Path.of("src/test/c/nvml_stub.c");
    private static final Map<Driver, Path> BUILT = new ConcurrentHashMap<>();

    private final Path library;

    private NvmlStub(Path library) {
        this.library = library;
    }

    /// A library of its own, with a state of its own. The test is skipped where there is no C
    /// compiler.
    ///
    /// @param folder for the library and its script
    public static NvmlStub in(Path folder) {
        return in(folder, Driver.CURRENT);
    }

    /// The same with another driver's functions.
    public static NvmlStub in(Path folder, Driver driver) {
        assumeTrue(compiler().isPresent(), "there is no gcc to build the stub of NVML with");
        try {
            var library = folder.resolve("libnvidia-ml.so.1");
            Files.copy(BUILT.computeIfAbsent(driver, NvmlStub::build), library);
            return new NvmlStub(library);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path library() {
        return library;
    }

    /// From now on the library plays these statements.
    public NvmlStub plays(String... statements) {
        try {
            var next = library.resolveSibling("next");
            Files.write(next, List.of(statements));
            Files.move(
                    next,
                    library.resolveSibling("libnvidia-ml.so.1.script"),
                    StandardCopyOption.ATOMIC_MOVE);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// True while a call takes as long as a statement says.
    public boolean blocks() {
        return Files.exists(library.resolveSibling("libnvidia-ml.so.1.script.blocked"));
    }

    Nvml load() {
        return Nvml.load(Optional.of(library)).orElseThrow();
    }

    private static Optional<Path> compiler() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "gcc"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path build(Driver driver) {
        try {
            var built = Files.createTempDirectory("nvml").resolve("libnvidia-ml.so.1");
            var command = new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-Wall", "-Werror"));
            if (driver != Driver.CURRENT) {
                command.add("-D" + driver);
            }
            command.addAll(List.of("-o", built.toString(), SOURCE.toString()));
            var gcc = new ProcessBuilder(command).inheritIO().start();
            if (gcc.waitFor() != 0) {
                throw new IllegalStateException("the stub of NVML does not compile");
            }
            built.toFile().deleteOnExit();
            return built;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
