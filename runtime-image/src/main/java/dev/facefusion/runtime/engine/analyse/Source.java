package dev.facefusion.runtime.engine.analyse;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Whose face goes onto the target's, in one task. For one thread.
///
/// It also keeps what the processors made of it: a video shows it to frame after frame, and when
/// the task is over, nothing of it is left anywhere.
public final class Source {

    private final List<Portrait> portraits;
    private final Optional<Embedding> identity;
    private final IdentityHashMap<Object, float[]> encodings = new IdentityHashMap<>();

    private Source(List<Portrait> portraits, Optional<Embedding> identity) {
        this.portraits = List.copyOf(portraits);
        this.identity = identity;
    }

    /// There is none.
    public static Source none() {
        return new Source(List.of(), Optional.empty());
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

    /// The largest face of each source picture; empty where nothing depends on them.
    public List<Portrait> portraits() {
        return portraits;
    }

    /// The mean of the portraits' where each has one.
    public Optional<Embedding> identity() {
        return identity;
    }

    /// What the largest of its faces is taken for, for the filters that follow the source.
    public Optional<Traits> traits() {
        return portraits.stream()
                .map(Portrait::face)
                .max(Comparator.comparingDouble(face -> face.box().area()))
                .flatMap(Face::traits);
    }

    /// What a processor takes of it, made at its first call.
    ///
    /// @param processor by identity
    public float[] encoded(Object processor, Function<Source, float[]> encoder) {
        return encodings.computeIfAbsent(processor, _ -> encoder.apply(this));
    }
}
