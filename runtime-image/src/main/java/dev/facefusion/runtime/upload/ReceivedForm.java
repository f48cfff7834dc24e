package dev.facefusion.runtime.upload;

import java.util.Map;

/// The parts of one form, by their names. The files live as long as their [Upload].
public record ReceivedForm(Map<String, StoredFile> files, Map<String, byte[]> texts) {

    public ReceivedForm {
        files = Map.copyOf(files);
        texts = Map.copyOf(texts);
    }
}
