package dev.facefusion.runtime.engine.options;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// Sets of an enum's values that list them in its own order: what is made of their text, such as
/// the fingerprint of a request, is the same in every process. [Set#copyOf] shuffles.
final class InOrder {

    private InOrder() {}

    static <E extends Enum<E>> Set<E> of(Set<E> values) {
        return values.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(values));
    }
}
