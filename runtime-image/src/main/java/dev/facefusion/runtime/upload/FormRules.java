package dev.facefusion.runtime.upload;

import java.util.List;

/// The parts that a form may have, each once.
///
/// @param files parts of any size, which go to files
/// @param texts parts of at most 64 KiB, which stay in memory
public record FormRules(List<String> files, List<String> texts) {

    public FormRules {
        files = List.copyOf(files);
        texts = List.copyOf(texts);
    }
}
