/// Tests of the runtime as a whole.
@NullMarked
package dev.facefusion.runtime;

import org.jspecify.annotations.NullMarked;
