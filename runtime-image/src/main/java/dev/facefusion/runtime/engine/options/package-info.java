/// How faces are found, chosen, masked and changed: FaceFusion's options under its names.
@NullMarked
package dev.facefusion.runtime.engine.options;

import org.jspecify.annotations.NullMarked;
