package dev.facefusion.operator.act;

import dev.facefusion.operator.decide.PodRef;

/// Tells a pod's process what to do. Returns at once: whether the process has obeyed shows in its
/// health, and what was lost on the way is told again.
public interface PodCommands {
    /// Take no more work and finish what there is; nothing where the process is not that instance.
    void drain(PodRef pod, String instance);

    /// Drain and end; nothing where the process is not that instance any more.
    void restart(PodRef pod, String instance);
}
