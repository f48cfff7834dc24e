/// FaceFusion for Java programs: the engine of the runtime in one's own process.
///
/// ```java
/// try (var faceFusion = FaceFusion.open(Setup.bundled().executionThreads(4))) {
///     var task =
///             SwapTask.of(Path.of("me.jpg"), Path.of("crew.jpg"), Path.of("out.png"))
///                     .frameProcessors(FrameProcessor.FACE_SWAPPER, FrameProcessor.FACE_ENHANCER)
///                     .blendRatio(0.8);
///     switch (faceFusion.process(task)) {
///         case Result.Done done -> System.out.println(done.output() + ", " + done.faces());
///         case Result.Filmed video -> System.out.println(video.output() + ", " + video.frames());
///         case Result.NoFace(var input) -> System.out.println("no face in the " + input);
///         case Result.Unusable(var input, var why) -> System.out.println(input + ": " + why);
///         case Result.Unavailable(var option, var expected) ->
///                 System.out.println(option + " must be " + expected);
///         case Result.Failed(var why) -> System.out.println(why);
///         case Result.Cancelled _ -> System.out.println("cancelled");
///     }
/// }
/// ```
@NullMarked
package dev.facefusion.sdk;

import org.jspecify.annotations.NullMarked;
