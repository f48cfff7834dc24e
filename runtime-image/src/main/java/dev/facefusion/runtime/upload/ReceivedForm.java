package dev.facefusion.runtime.upload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The parts of one form, by their names. The files live as long as their [Upload].
///
/// @param files of each name at least one, in the order of the form
public record ReceivedForm(Map<String, List<StoredFile>> files, Map<String, byte[]> texts) {

    public ReceivedForm {
        files =
                files.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        texts = Map.copyOf(texts);
    }

    /// All parts of that name; none if there is none.
    public List<StoredFile> files(String name) {
        return files.getOrDefault(name, List.of());
    }

    /// The first part of that name.
    public Optional<StoredFile> file(String name) {
        return files(name).stream().findFirst();
    }
}
