/// The bounded queue in front of the engine, and the platform threads that work it off.
@NullMarked
package dev.facefusion.runtime.queue;

import org.jspecify.annotations.NullMarked;
