package dev.facefusion.runtime.provenance;

import java.util.Arrays;

/// The terms of IPTC's Digital Source Type vocabulary that say that a machine made a picture, or
/// part of it.
///
/// @see <a href="https://cv.iptc.org/newscodes/digitalsourcetype/">the vocabulary</a>
enum DigitalSourceType {
    /// Made by a model that was trained on sampled content.
    TRAINED_ALGORITHMIC_MEDIA("trainedAlgorithmicMedia"),
    /// Taken by a camera, say, and changed in part by such a model: what a swap is.
    COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA("compositeWithTrainedAlgorithmicMedia"),
    /// Put together of parts of which at least one is synthetic.
    COMPOSITE_SYNTHETIC("compositeSynthetic"),
    /// Made by an algorithm without training.
    ALGORITHMIC_MEDIA("algorithmicMedia");

    private static final String VOCABULARY = "cv.iptc.org/newscodes/digitalsourcetype/";

    private final String term;

    DigitalSourceType(String term) {
        this.term = term;
    }

    String uri() {
        return "http://" + VOCABULARY + term;
    }

    /// Whether a value of the field is one of these. Some tools write `https`.
    static boolean isSynthetic(String value) {
        return Arrays.stream(values())
                .anyMatch(type ->
                        value.equals(type.uri())
                                || value.equals("https://" + VOCABULARY + type.term));
    }
}
