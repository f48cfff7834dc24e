/// Tests of videos.
@NullMarked
package dev.facefusion.runtime.engine.video;

import org.jspecify.annotations.NullMarked;
