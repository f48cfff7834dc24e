/// Image kernels: pure, single-threaded, and equal within rounding to OpenCV 5's of the same name.
///
/// Buffers belong to the caller and grow to the largest size they have seen; nothing is allocated
/// per pixel.
@NullMarked
package dev.facefusion.runtime.engine.image;

import org.jspecify.annotations.NullMarked;
