package dev.facefusion.runtime.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.OptionalDouble;

/// What came of swapping the golden sample.
///
/// @param fault empty if nothing is wrong
/// @param likeness to the expected picture, peak signal to noise in decibels; empty where none is
///   expected or there is no picture; infinite for the very same one
public record SelfTestResult(Optional<Fault> fault, OptionalDouble likeness) {

    /// What is wrong.
    public enum Fault {
        /// A model gave values that are not finite.
        @JsonProperty("nan_output")
        NAN_OUTPUT,
        /// The picture is black, or nearly.
        @JsonProperty("black_output")
        BLACK_OUTPUT,
        /// The picture is another one than the models made before.
        @JsonProperty("changed_output")
        CHANGED_OUTPUT,
        /// A face is no longer found: in the sample, or in the picture made of it.
        @JsonProperty("no_face")
        NO_FACE,
        /// The engine threw or refused the sample, or there was no room to lay it out.
        @JsonProperty("no_output")
        NO_OUTPUT,
        /// It was not done in time.
        @JsonProperty("timed_out")
        TIMED_OUT,
        /// The expected picture cannot be read, or is not the file that it was.
        @JsonProperty("golden_not_intact")
        GOLDEN_NOT_INTACT
    }

    /// Nothing is wrong.
    public static SelfTestResult passed(OptionalDouble likeness) {
        return new SelfTestResult(Optional.empty(), likeness);
    }

    /// Something is wrong, and there is no likeness to tell.
    public static SelfTestResult failed(Fault fault) {
        return new SelfTestResult(Optional.of(fault), OptionalDouble.empty());
    }
}
