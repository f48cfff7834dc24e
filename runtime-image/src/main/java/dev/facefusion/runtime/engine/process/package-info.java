/// What is done to faces: swapping and enhancing, each written into the target picture in place.
@NullMarked
package dev.facefusion.runtime.engine.process;

import org.jspecify.annotations.NullMarked;
