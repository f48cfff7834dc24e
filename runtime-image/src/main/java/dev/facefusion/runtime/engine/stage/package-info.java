/// The steps of a task and how long each took.
@NullMarked
package dev.facefusion.runtime.engine.stage;

import org.jspecify.annotations.NullMarked;
