/// FaceFusion's landmarkers, by their contracts.
@NullMarked
package dev.facefusion.runtime.engine.landmarker;

import org.jspecify.annotations.NullMarked;
