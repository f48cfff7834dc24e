package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.SwapOutcome;
import java.io.IOException;

/// Why the frames of a video stopped before the last one.
sealed interface Trouble {

    /// The decoder's stream broke off.
    record Decoding(IOException cause) implements Trouble {}

    /// The encoder takes no more.
    record Encoding(IOException cause) implements Trouble {}

    /// A worker cannot begin.
    record NotReady(SwapOutcome reason) implements Trouble {}

    /// A worker threw something: cancelled, or a bug.
    record Thrown(Throwable cause) implements Trouble {}

    /// Somebody outside wants the end.
    record Stopped() implements Trouble {}

    /// It took too long.
    record OutOfTime() implements Trouble {}
}
