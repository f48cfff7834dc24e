package dev.facefusion.runtime.engine.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the GPU's providers are told, by the names of ONNX Runtime 1.29.
final class ProviderOptions {

    private final AcceleratorSettings settings;

    ProviderOptions(AcceleratorSettings settings) {
        this.settings = settings;
    }

    /// Has a session run on the provider.
    ///
    /// @throws OrtException if this build, image or machine does not have it
    void addTo(SessionOptions options, ExecutionProvider provider) throws OrtException {
        switch (provider) {
            case CPU -> {}
            case CUDA -> addCuda(options);
            case TENSORRT -> {
                try (var tensorRt = new OrtTensorRTProviderOptions(settings.device())) {
                    for (var entry : tensorRt().entrySet()) {
                        tensorRt.add(entry.getKey(), entry.getValue());
                    }
                    options.addTensorrt(tensorRt);
                }
                // For the nodes that TensorRT leaves: the CPU would be a fallback, CUDA is not.
                addCuda(options);
            }
        }
        if (provider != ExecutionProvider.CPU) {
            // A session that would leave nodes on the CPU is refused instead of being slow.
            options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
            // Weights outside of the arena, so that it can shrink.
            options.addConfigEntry("session.use_device_allocator_for_initializers", "1");
        }
    }

    private void addCuda(SessionOptions options) throws OrtException {
        try (var cuda = new OrtCUDAProviderOptions(settings.device())) {
            for (var entry : cuda().entrySet()) {
                cuda.add(entry.getKey(), entry.getValue());
            }
            options.addCUDA(cuda);
        }
    }

    Map<String, String> cuda() {
        var told = new LinkedHashMap<String, String>();
        // The default doubles the arena each time that it grows.
        told.put("arena_extend_strategy", "kSameAsRequested");
        // An exhaustive search repeats itself for every new shape, and takes its memory for good.
        told.put("cudnn_conv_algo_search", "HEURISTIC");
        // Copies on a stream of their own race with kernels (onnxruntime issue 4829).
        told.put("do_copy_in_default_stream", "1");
        settings.arenaBytes().ifPresent(bytes -> told.put("gpu_mem_limit", Long.toString(bytes)));
        return told;
    }

    Map<String, String> tensorRt() {
        var told = new LinkedHashMap<String, String>();
        settings.engineCache()
                .ifPresent(directory -> {
                    told.put("trt_engine_cache_enable", "1");
                    told.put("trt_engine_cache_path", directory.toString());
                    told.put("trt_timing_cache_enable", "1");
                    told.put("trt_timing_cache_path", directory.toString());
                });
        return told;
    }
}
