/// What the host and the container give this process: CPU, memory, processes, and how much of it
/// the kernel held back.
@NullMarked
package dev.facefusion.runtime.host;

import org.jspecify.annotations.NullMarked;
