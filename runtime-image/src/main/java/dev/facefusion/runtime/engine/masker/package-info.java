/// Which part of a face's crop goes into the picture.
@NullMarked
package dev.facefusion.runtime.engine.masker;

import org.jspecify.annotations.NullMarked;
