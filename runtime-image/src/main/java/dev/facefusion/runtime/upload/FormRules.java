package dev.facefusion.runtime.upload;

import java.util.List;
import java.util.Set;

/// The parts that a form may have.
///
/// @param files parts of any size, which go to files
/// @param texts parts of at most 64 KiB, which stay in memory, each once
/// @param repeated which of the files may come up to [#MAX_REPEATED] times; the others come once
public record FormRules(List<String> files, List<String> texts, Set<String> repeated) {

    /// How often a part may come that may come several times.
    public static final int MAX_REPEATED = 8;

    public FormRules {
        files = List.copyOf(files);
        texts = List.copyOf(texts);
        repeated = Set.copyOf(repeated);
    }

    /// Each part once.
    public FormRules(List<String> files, List<String> texts) {
        this(files, texts, Set.of());
    }

    int atMost(String file) {
        return repeated.contains(file) ? MAX_REPEATED : 1;
    }
}
