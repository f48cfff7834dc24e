/// Tests of what is measured of the host and the container.
@NullMarked
package dev.facefusion.runtime.memory;

import org.jspecify.annotations.NullMarked;
