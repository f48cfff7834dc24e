/// FaceFusion's face swappers: one engine, and a table of what their models want and give.
@NullMarked
package dev.facefusion.runtime.engine.swapper;

import org.jspecify.annotations.NullMarked;
