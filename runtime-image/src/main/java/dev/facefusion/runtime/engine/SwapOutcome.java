package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.media.MediaFault;
import dev.facefusion.runtime.engine.media.OutputFormat;
import java.time.Duration;
import java.util.OptionalDouble;

/// How a task ended.
public sealed interface SwapOutcome {

    /// The picture is made. These outcomes are not compared.
    ///
    /// @param image the encoded picture, `width` x `height` pixels
    /// @param targetFaces how many faces of the target were worked on
    /// @param elapsed from decoding to encoding
    /// @param likeness cosine of the result's largest face to the source's, -1 to 1; most swaps do
    ///   not measure it
    @SuppressWarnings("ArrayRecordComponent")
    record Swapped(
            byte[] image,
            OutputFormat format,
            int width,
            int height,
            int targetFaces,
            Duration elapsed,
            OptionalDouble likeness)
            implements SwapOutcome {

        public Swapped(
                byte[] image,
                OutputFormat format,
                int width,
                int height,
                int targetFaces,
                Duration elapsed) {
            this(image, format, width, height, targetFaces, elapsed, OptionalDouble.empty());
        }

        /// The same picture as another file.
        public Swapped withImage(byte[] other) {
            return new Swapped(other, format, width, height, targetFaces, elapsed, likeness);
        }
    }

    /// A picture shows no face that the detector and the landmarker agree on, or a target none that
    /// the options select.
    record NoFace(Input input) implements SwapOutcome {}

    /// A picture cannot be used.
    ///
    /// @param detail one sentence for a person, with the limit or the format it speaks of
    record BadMedia(Input input, MediaFault fault, String detail) implements SwapOutcome {}

    /// This engine cannot do what an option asks for.
    ///
    /// @param option FaceFusion's name of it
    /// @param expected what it may be, such as `one of yoloface_8n, many`
    record BadOption(String option, String expected) implements SwapOutcome {}
}
