/// Which threads and child processes give way to which.
@NullMarked
package dev.facefusion.runtime.priority;

import org.jspecify.annotations.NullMarked;
