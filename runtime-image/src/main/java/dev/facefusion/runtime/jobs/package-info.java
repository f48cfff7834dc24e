/// Work that outlives the request that asked for it, and the process that began it.
@NullMarked
package dev.facefusion.runtime.jobs;

import org.jspecify.annotations.NullMarked;
