package dev.facefusion.runtime.engine.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageListener;

/// What the models of one engine heed when they run: whom to tell, and whether to stop.
///
/// ONNX Runtime looks at the terminate flag of a run's options before every node of the graph, and
/// a run that it ends leaves the session as good as before. There is one set of options per engine,
/// for all of its runs. Its flag is raised by other threads through a hook of the task's
/// [Cancellation], and lowered when the task is over and the hook can no longer run: a late
/// cancellation never meets the next task.
final class RunControl implements AutoCloseable {

    private static final StageListener SILENT = (_, _) -> {};

    private final RunOptions options;
    private StageListener listener = SILENT;
    private Cancellation cancellation = new Cancellation();

    RunControl() throws OrtException {
        this.options = new RunOptions();
    }

    RunOptions options() {
        return options;
    }

    /// A model ran.
    void ran() {
        listener.moved();
    }

    boolean cancelled() {
        return cancellation.cancelled();
    }

    /// Has the runs until it is closed belong to a task.
    ModelSessions.Attendance attend(StageListener heard, Cancellation heeded) {
        var hook = heeded.whenCancelled(() -> terminate(true));
        listener = heard;
        cancellation = heeded;
        return () -> {
            hook.close();
            if (heeded.cancelled()) {
                terminate(false);
            }
            listener = SILENT;
            cancellation = new Cancellation();
        };
    }

    private void terminate(boolean flag) {
        try {
            options.setTerminate(flag);
        } catch (OrtException e) {
            throw new SessionException("a run's terminate flag cannot be set", e);
        }
    }

    @Override
    public void close() {
        options.close();
    }
}
