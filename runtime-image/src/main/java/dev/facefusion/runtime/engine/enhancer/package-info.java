/// FaceFusion's face enhancers: one engine, and a table of what their models want.
@NullMarked
package dev.facefusion.runtime.engine.enhancer;

import org.jspecify.annotations.NullMarked;
