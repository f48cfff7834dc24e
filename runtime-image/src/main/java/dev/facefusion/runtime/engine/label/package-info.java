/// The label that people see.
@NullMarked
package dev.facefusion.runtime.engine.label;

import org.jspecify.annotations.NullMarked;
