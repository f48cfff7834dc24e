/// The engine: pictures in, a swapped picture out, in one thread and without a network.
@NullMarked
package dev.facefusion.runtime.engine;

import org.jspecify.annotations.NullMarked;
