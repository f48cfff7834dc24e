/// Tests of the binding to NVML, against a stub of the library.
@NullMarked
package dev.facefusion.runtime.gpu;

import org.jspecify.annotations.NullMarked;
