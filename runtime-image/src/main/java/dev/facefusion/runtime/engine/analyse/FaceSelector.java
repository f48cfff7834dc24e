package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.options.AgeRange;
import dev.facefusion.runtime.engine.options.FaceOrder;
import dev.facefusion.runtime.engine.options.SelectorOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;

/// Chooses the faces of a picture that are worked on, as FaceFusion does.
public final class FaceSelector {

    private final SelectorOptions options;
    private final Optional<Traits> source;
    private final ToDoubleBiFunction<Embedding, Embedding> distance;
    private Optional<Embedding> reference = Optional.empty();
    private boolean referred;

    /// @param source what the source's face is taken for, for the filters that follow it
    /// @param distance of two identities, 0 for the same to 1
    public FaceSelector(
            SelectorOptions options,
            Optional<Traits> source,
            ToDoubleBiFunction<Embedding, Embedding> distance) {
        this.options = options;
        this.source = source;
        this.distance = distance;
    }

    /// Takes the reference from the faces of the reference picture: the one at the position asked
    /// for, or the last if there are fewer; none if no face passes the filters.
    public void refer(List<Face> faces) {
        var candidates = orderedAndFiltered(faces);
        reference =
                candidates.isEmpty()
                        ? Optional.empty()
                        : candidates
                                .get(Math.min(options.referencePosition(), candidates.size() - 1))
                                .identity();
        referred = true;
    }

    /// The faces to be worked on, in the order of the options.
    ///
    /// @throws IllegalStateException if the options select by a reference and none was shown
    public List<Face> select(List<Face> faces) {
        return switch (options.mode()) {
            case MANY -> orderedAndFiltered(faces);
            case ONE -> orderedAndFiltered(faces).stream().limit(1).toList();
            case REFERENCE -> {
                if (!referred) {
                    throw new IllegalStateException("the reference frame was not shown");
                }
                // Neither the order nor the filters are for them: they were for the reference.
                yield faces.stream().filter(this::resemblesReference).toList();
            }
        };
    }

    private boolean resemblesReference(Face face) {
        return reference.isPresent()
                && face.identity().isPresent()
                && distance.applyAsDouble(reference.get(), face.identity().get())
                        < options.referenceDistance();
    }

    private List<Face> orderedAndFiltered(List<Face> faces) {
        return ordered(faces, options.order()).stream().filter(this::passes).toList();
    }

    /// The faces in an order; equal ones stay as they are.
    public static List<Face> ordered(List<Face> faces, FaceOrder order) {
        return faces.stream().sorted(comparator(order)).toList();
    }

    private static Comparator<Face> comparator(FaceOrder order) {
        return switch (order) {
            case LEFT_RIGHT -> Comparator.comparingDouble(face -> face.box().left());
            case RIGHT_LEFT -> comparator(FaceOrder.LEFT_RIGHT).reversed();
            case TOP_BOTTOM -> Comparator.comparingDouble(face -> face.box().top());
            case BOTTOM_TOP -> comparator(FaceOrder.TOP_BOTTOM).reversed();
            case SMALL_LARGE -> Comparator.comparingDouble(face -> face.box().area());
            case LARGE_SMALL -> comparator(FaceOrder.SMALL_LARGE).reversed();
            case WORST_BEST -> Comparator.comparingDouble(Face::detectorScore);
            case BEST_WORST -> comparator(FaceOrder.WORST_BEST).reversed();
        };
    }

    private boolean passes(Face face) {
        return gender().map(wanted -> has(face, traits -> traits.gender() == wanted)).orElse(true)
                && race().map(wanted -> has(face, traits -> traits.race() == wanted)).orElse(true)
                && (options.age().equals(AgeRange.ANY)
                        || has(face, traits -> traits.age().overlaps(options.age())));
    }

    private static boolean has(Face face, Predicate<Traits> condition) {
        return face.traits().filter(condition).isPresent();
    }

    private Optional<Traits.Gender> gender() {
        return options.gender()
                .flatMap(filter ->
                        switch (filter) {
                            case FEMALE -> Optional.of(Traits.Gender.FEMALE);
                            case MALE -> Optional.of(Traits.Gender.MALE);
                            case AUTO -> source.map(Traits::gender);
                        });
    }

    private Optional<Traits.Race> race() {
        return options.race()
                .flatMap(filter ->
                        switch (filter) {
                            case WHITE -> Optional.of(Traits.Race.WHITE);
                            case BLACK -> Optional.of(Traits.Race.BLACK);
                            case LATINO -> Optional.of(Traits.Race.LATINO);
                            case ASIAN -> Optional.of(Traits.Race.ASIAN);
                            case INDIAN -> Optional.of(Traits.Race.INDIAN);
                            case ARABIC -> Optional.of(Traits.Race.ARABIC);
                            case AUTO -> source.map(Traits::race);
                        });
    }
}
