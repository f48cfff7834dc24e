/// FaceFusion's face detectors, by their contracts.
@NullMarked
package dev.facefusion.runtime.engine.detector;

import org.jspecify.annotations.NullMarked;
