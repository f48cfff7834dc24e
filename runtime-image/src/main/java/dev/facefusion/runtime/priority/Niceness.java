package dev.facefusion.runtime.priority;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a thread, and the native threads that it starts later, give way to the others of this
/// process: the ones that answer for its health. Java's own thread priorities do nothing on Linux.
public final class Niceness {

    private static final Logger log = LoggerFactory.getLogger(Niceness.class);

    private static final int PRIO_PROCESS = 0;
    private static final int THIS_THREAD = 0;
    private static final int WORKER = 10;
    private static final int SERVER = 5;

    private Niceness() {}

    /// Lowers the calling thread's priority; needs no privilege. Where it cannot, the thread keeps
    /// its priority: that costs answering time under load, nothing else.
    public static void lowerThisThread() {
        lowerThisThreadTo(WORKER);
    }

    /// The same by less: for what serves tasks, and comes before what works on them.
    public static void lowerThisServingThread() {
        lowerThisThreadTo(SERVER);
    }

    private static void lowerThisThreadTo(int nice) {
        try {
            var result = (int) setpriority().invokeExact(PRIO_PROCESS, THIS_THREAD, nice);
            log.atDebug().addKeyValue("result", result).log("Thread's priority lowered");
        } catch (Throwable e) { // what a method handle declares
            log.atWarn().setCause(e).log("A thread's priority cannot be lowered");
        }
    }

    // int setpriority(int which, id_t who, int priority)
    @SuppressWarnings("restricted") // the image enables native access, for ONNX Runtime too
    private static MethodHandle setpriority() {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setpriority"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    }
}
