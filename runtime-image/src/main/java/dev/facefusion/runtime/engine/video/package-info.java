/// Videos: from a file's frames, through an engine's hands, into a file.
///
/// [dev.facefusion.runtime.engine.video.VideoEngine] is the door.
@NullMarked
package dev.facefusion.runtime.engine.video;

import org.jspecify.annotations.NullMarked;
