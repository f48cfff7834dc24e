package dev.facefusion.runtime.management;

import java.util.List;
import java.util.stream.Stream;

/// The condition that a request may set: it is for this instance and for none that came after it.
///
/// @param fields the values of the header `If-Match`, as they came; none sets no condition
record IfMatch(List<String> fields) {

    private static final String ANY = "*";

    IfMatch {
        fields = List.copyOf(fields);
    }

    /// True if the request is meant for this instance. Anything but its id in quotes, or `*`, is
    /// another one.
    boolean admits(String instance) {
        return fields.isEmpty()
                || members().anyMatch(id -> id.equals(ANY) || id.equals('"' + instance + '"'));
    }

    @Override
    public String toString() {
        return String.join(", ", fields);
    }

    private Stream<String> members() {
        return fields.stream().flatMap(field -> Stream.of(field.split(",", -1))).map(String::strip);
    }
}
