package dev.facefusion.runtime.cli;

/// How the process ended, for scripts. A number never changes its meaning.
enum ExitCode {
    /// All done; also a server that was stopped and had time to finish its tasks.
    OK(0, "done"),
    /// A defect: the log or standard error has the cause.
    DEFECT(1, "a defect of the program"),
    /// The command line cannot be understood.
    USAGE(2, "the command line cannot be understood"),
    /// An environment variable or a port cannot be used.
    BAD_CONFIG(3, "an environment variable or a port cannot be used"),
    /// A picture or video is not one, is broken, or shows no face.
    BAD_INPUT(4, "a picture or video cannot be used or shows no face"),
    /// The models are missing or not intact.
    BAD_MODELS(5, "the models are missing or not intact"),
    /// A file cannot be read or written.
    FILE_ERROR(6, "a file cannot be read or written"),
    /// The server was stopped and a task did not finish in time.
    DRAIN_TIMED_OUT(7, "the server was stopped before its tasks were finished"),
    /// A signal stopped the command; what it had finished is there.
    CANCELLED(8, "stopped by a signal"),
    /// Some items of a batch have no result; its journal says which.
    PARTIAL(9, "some items of a batch failed"),
    /// Java's heap is full: the picture or video is too large for it.
    OUT_OF_MEMORY(10, "the memory does not suffice");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /// For the usage text.
    String meaning() {
        return meaning;
    }
}
