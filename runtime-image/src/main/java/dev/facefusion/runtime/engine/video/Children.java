package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.media.ffmpeg.Child;
import java.util.ArrayList;
import java.util.List;

/// The processes of one task, which all end with it.
final class Children implements AutoCloseable {

    private final List<Child> children = new ArrayList<>();
    private boolean killed;

    /// One more. It is killed at once where the others were.
    synchronized Child add(Child child) {
        children.add(child);
        if (killed) {
            child.kill();
        }
        return child;
    }

    synchronized void kill() {
        killed = true;
        children.forEach(Child::kill);
    }

    /// Sees them gone.
    @Override
    public void close() {
        kill();
        children.forEach(Child::close);
    }
}
