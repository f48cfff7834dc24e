/// Tests of the queue.
@NullMarked
package dev.facefusion.runtime.queue;

import org.jspecify.annotations.NullMarked;
