/// The steps of a task, how long each took, and how a task is made to end between two of them.
@NullMarked
package dev.facefusion.runtime.engine.stage;

import org.jspecify.annotations.NullMarked;
