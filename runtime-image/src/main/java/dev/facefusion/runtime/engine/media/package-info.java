/// Pictures as files: what they hold, what is wrong with them, how they are written.
@NullMarked
package dev.facefusion.runtime.engine.media;

import org.jspecify.annotations.NullMarked;
