package dev.facefusion.runtime.http;

import java.util.Optional;
import java.util.regex.Pattern;

/// What a request's `Range` asks for of a representation (RFC 9110, section 14). Several ranges,
/// other units and what is malformed ask for all of it.
sealed interface ByteRange {

    /// All of it.
    record Whole() implements ByteRange {}

    /// Some of it.
    ///
    /// @param first byte, from 0
    /// @param last byte, which is part of it
    record Part(long first, long last) implements ByteRange {

        long bytes() {
            return last - first + 1;
        }
    }

    /// It begins beyond the end.
    record Unsatisfiable() implements ByteRange {}

    /// One range of bytes: from a place, from a place to a place, or so many at the end. More than
    /// 18 digits are beyond any file.
    Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /// Reads the header.
    ///
    /// @param bytes that there are
    static ByteRange of(String range, long bytes) {
        return Optional.of(FORM.matcher(range.strip()))
                .filter(form -> form.matches() && !form.group().equals("bytes=-"))
                .map(form -> of(form.group(1), form.group(2), bytes))
                .orElseGet(Whole::new);
    }

    private static ByteRange of(String first, String last, long bytes) {
        if (first.isEmpty()) {
            long wanted = Math.min(bytes, Long.parseLong(last));
            return wanted == 0 ? new Unsatisfiable() : new Part(bytes - wanted, bytes - 1);
        }
        long from = Long.parseLong(first);
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return new Whole(); // malformed
        }
        if (from >= bytes) {
            return new Unsatisfiable();
        }
        return new Part(
                from, last.isEmpty() ? bytes - 1 : Math.min(bytes - 1, Long.parseLong(last)));
    }
}
