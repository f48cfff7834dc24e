package dev.facefusion.runtime.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// NVML, the library by which NVIDIA's driver tells of its GPUs. Any thread may call it; any call
/// may block for as long as the driver does.
///
/// It is never unloaded or shut down: a call that blocks may still be inside. The process's end
/// frees what it holds.
final class Nvml {

    // The last two are where GKE and WSL put the driver's libraries.
    private static final List<String> LIBRARIES =
            List.of(
                    "libnvidia-ml.so.1",
                    "/usr/local/nvidia/lib64/libnvidia-ml.so.1",
                    "/usr/lib/wsl/lib/libnvidia-ml.so.1");

    private final Map<NvmlFunction, MethodHandle> functions = new EnumMap<>(NvmlFunction.class);

    @SuppressWarnings("restricted") // the image enables native access, for ONNX Runtime too
    private Nvml(SymbolLookup library) {
        for (var function : NvmlFunction.values()) {
            library.find(function.symbol())
                    .ifPresent(address ->
                            functions.put(
                                    function,
                                    Linker.nativeLinker()
                                            .downcallHandle(address, function.descriptor())));
        }
    }

    /// Loads the driver's library.
    ///
    /// @param library instead of the driver's
    /// @return empty where the driver has none
    /// @throws NvmlException if `library` is given and cannot be loaded
    static Optional<Nvml> load(Optional<Path> library) {
        if (library.isPresent()) {
            return Optional.of(
                    lookup(library.get().toString())
                            .map(Nvml::new)
                            .orElseThrow(() ->
                                    new NvmlException(
                                            "NVML_LIBRARY is \"%s\", which cannot be loaded."
                                                    .formatted(library.get()))));
        }
        return LIBRARIES.stream()
                .map(Nvml::lookup)
                .flatMap(Optional::stream)
                .findFirst()
                .map(Nvml::new);
    }

    /// Calls a function.
    ///
    /// @param arguments as its descriptor says, an address as a `MemorySegment`
    /// @return an [NvmlReturn]; [NvmlReturn#FUNCTION_NOT_FOUND] where the driver does not have it
    int call(NvmlFunction function, Object... arguments) {
        var handle = functions.get(function);
        if (handle == null) {
            return NvmlReturn.FUNCTION_NOT_FOUND;
        }
        try {
            return (int) handle.invokeWithArguments(arguments);
        } catch (Throwable e) { // what a method handle declares
            throw new IllegalStateException(function.symbol() + " cannot be called", e);
        }
    }

    @SuppressWarnings("restricted") // as above
    private static Optional<SymbolLookup> lookup(String library) {
        try {
            return Optional.of(
                    library.contains("/")
                            ? SymbolLookup.libraryLookup(Path.of(library), Arena.global())
                            : SymbolLookup.libraryLookup(library, Arena.global()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
