/// Tests of what ffmpeg makes.
@NullMarked
package dev.facefusion.runtime.engine.media.ffmpeg;

import org.jspecify.annotations.NullMarked;
