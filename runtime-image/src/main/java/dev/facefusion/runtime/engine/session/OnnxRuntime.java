package dev.facefusion.runtime.engine.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;

/// The one native environment of the process, with one pool of threads for all sessions.
///
/// The pool's threads sleep when idle: spinning would take the cores from everything else.
final class OnnxRuntime {

    private static final Object LOCK = new Object();
    private static int poolThreads;

    private OnnxRuntime() {}

    /// The environment; its first use fixes the number of threads.
    ///
    /// @throws SessionException if the process already runs with another number of threads
    static OrtEnvironment environment(int threads) {
        synchronized (LOCK) {
            if (poolThreads == 0) {
                create(threads);
                poolThreads = threads;
            }
            if (poolThreads != threads) {
                throw new SessionException(
                        "this process runs ONNX Runtime on %d threads, %d are not possible any more"
                                .formatted(poolThreads, threads));
            }
            return OrtEnvironment.getEnvironment();
        }
    }

    private static void create(int threads) {
        Reporting.forbid();
        try (var pool = new OrtEnvironment.ThreadingOptions()) {
            pool.setGlobalIntraOpNumThreads(threads);
            pool.setGlobalInterOpNumThreads(1);
            pool.setGlobalSpinControl(false);
            OrtEnvironment.getEnvironment(
                            OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "facefusion", pool)
                    .setTelemetry(false);
        } catch (OrtException e) {
            throw new SessionException("ONNX Runtime cannot start", e);
        }
        EnvironmentPin.keepAlive();
    }
}
