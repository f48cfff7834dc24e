package dev.facefusion.runtime.engine.media;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The sources of a task, of two kinds: pictures of a person, and sound.
///
/// @param pictures all that are no sound, whatever else they are
/// @param sound the first one, as FaceFusion takes it (3.8.1): a video's instead of its own
public record SourceFiles(List<Path> pictures, Optional<Path> sound) {

    public SourceFiles {
        pictures = List.copyOf(pictures);
    }

    /// Looks at the files.
    public static SourceFiles of(List<Path> files) {
        var sounds = files.stream().filter(SoundFile::is).toList();
        return new SourceFiles(
                files.stream().filter(file -> !sounds.contains(file)).toList(),
                sounds.stream().findFirst());
    }
}
