/// Plane geometry of faces: pure arithmetic on doubles, in pixels unless said otherwise.
///
/// A pixel's coordinate is that of its centre: the first pixel of a row is at 0.
@NullMarked
package dev.facefusion.runtime.engine.geometry;

import org.jspecify.annotations.NullMarked;
