package dev.facefusion.runtime.engine.analyse;

import java.util.List;
import java.util.Optional;

/// Whose face goes onto the target's.
///
/// @param portraits the largest face of each source picture; empty where nothing is swapped
/// @param identity the mean of the portraits' where each has one
public record Source(List<Portrait> portraits, Optional<Embedding> identity) {

    /// There is none.
    public static final Source NONE = new Source(List.of(), Optional.empty());

    public Source {
        portraits = List.copyOf(portraits);
    }

    /// The source that the pictures show.
    public static Source of(List<Portrait> portraits) {
        var identities =
                portraits.stream()
                        .flatMap(portrait -> portrait.face().identity().stream())
                        .toList();
        return new Source(
                portraits,
                !identities.isEmpty() && identities.size() == portraits.size()
                        ? Optional.of(Embedding.mean(identities))
                        : Optional.empty());
    }
}
