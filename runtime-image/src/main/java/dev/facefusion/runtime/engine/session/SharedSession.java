package dev.facefusion.runtime.engine.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/// A loaded model that several threads run at once, and that is freed with the last of them. Only
/// the CPU's provider can be trusted with that.
final class SharedSession {

    private final OrtSession session;
    private int users = 1;

    /// With one user.
    SharedSession(OrtSession session) {
        this.session = session;
    }

    /// For its users only.
    OrtSession session() {
        return session;
    }

    /// One user more.
    synchronized SharedSession join() {
        if (users == 0) {
            throw new IllegalStateException("the model is closed");
        }
        users++;
        return this;
    }

    /// One user less.
    synchronized void leave() throws OrtException {
        users--;
        if (users == 0) {
            session.close();
        }
    }
}
