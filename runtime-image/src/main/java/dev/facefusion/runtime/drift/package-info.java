/// Whether the models still do what they did: the self-test on a golden sample, and the watch over
/// the results of real tasks.
@NullMarked
package dev.facefusion.runtime.drift;

import org.jspecify.annotations.NullMarked;
