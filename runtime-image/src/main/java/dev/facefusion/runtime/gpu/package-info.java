/// The GPUs as their driver tells them through NVML, read on threads of their own: a driver that
/// hangs costs its figures and nothing else.
@NullMarked
package dev.facefusion.runtime.gpu;

import org.jspecify.annotations.NullMarked;
