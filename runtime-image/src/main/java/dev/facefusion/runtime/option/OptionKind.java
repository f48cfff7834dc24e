package dev.facefusion.runtime.option;

import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import dev.facefusion.runtime.engine.options.Margins;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What values an option takes, and how they are written: as words, of which most kinds take one.
public sealed interface OptionKind<T> {

    /// The value that the words mean; empty if they mean none.
    Optional<T> read(List<String> words);

    /// The words that mean a value.
    List<String> words(T value);

    /// What a person may write, after "must be".
    String expected();

    /// All words that there are, where they can be counted.
    default List<String> candidates() {
        return List.of();
    }

    /// Whether the words are numbers, also where the text around them is JSON.
    default boolean numeric() {
        return false;
    }

    /// Whether there may be several words: an array in JSON.
    default boolean several() {
        return false;
    }

    /// A number.
    record Ratio(double least, double most) implements OptionKind<Double> {

        @Override
        public Optional<Double> read(List<String> words) {
            return one(words)
                    .flatMap(OptionKind::number)
                    .map(BigDecimal::doubleValue)
                    .filter(value -> value >= least && value <= most);
        }

        @Override
        public List<String> words(Double value) {
            return List.of(plain(value));
        }

        @Override
        public String expected() {
            return "a number from %s to %s".formatted(plain(least), plain(most));
        }

        @Override
        public boolean numeric() {
            return true;
        }

        private static String plain(double value) {
            return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        }
    }

    /// A whole number.
    record Whole(int least, int most) implements OptionKind<Integer> {

        @Override
        public Optional<Integer> read(List<String> words) {
            return one(words)
                    .flatMap(OptionKind::whole)
                    .filter(value -> value >= least && value <= most);
        }

        @Override
        public List<String> words(Integer value) {
            return List.of(Integer.toString(value));
        }

        @Override
        public String expected() {
            return most == Integer.MAX_VALUE
                    ? "a whole number from %d".formatted(least)
                    : "a whole number from %d to %d".formatted(least, most);
        }

        @Override
        public boolean numeric() {
            return true;
        }
    }

    /// One of some words.
    record Choice<E extends Enum<E>>(Labels<E> labels) implements OptionKind<E> {

        @Override
        public List<String> candidates() {
            return labels.all();
        }

        @Override
        public Optional<E> read(List<String> words) {
            return one(words).flatMap(labels::value);
        }

        @Override
        public List<String> words(E value) {
            return List.of(labels.label(value));
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", candidates());
        }
    }

    /// One of some words, or `none`.
    @SuppressWarnings("OptionalMapToOptional") // the outer one tells whether the words can be read
    record OptionalChoice<E extends Enum<E>>(Labels<E> labels) implements OptionKind<Optional<E>> {

        private static final String NONE = "none";

        @Override
        public List<String> candidates() {
            return Stream.concat(Stream.of(NONE), labels.all().stream()).toList();
        }

        @Override
        public Optional<Optional<E>> read(List<String> words) {
            if (words.equals(List.of(NONE))) {
                return Optional.of(Optional.empty());
            }
            var value = one(words).flatMap(labels::value);
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        }

        @Override
        public List<String> words(Optional<E> value) {
            return List.of(value.map(labels::label).orElse(NONE));
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", candidates());
        }
    }

    /// A value of another kind, or `auto` for whatever fits.
    record OrAuto<T>(OptionKind<T> kind) implements OptionKind<Optional<T>> {

        private static final String AUTO = "auto";

        @Override
        public List<String> candidates() {
            return kind.candidates().isEmpty()
                    ? List.of()
                    : Stream.concat(Stream.of(AUTO), kind.candidates().stream()).toList();
        }

        @Override
        public Optional<Optional<T>> read(List<String> words) {
            if (words.equals(List.of(AUTO))) {
                return Optional.of(Optional.empty());
            }
            var value = kind.read(words);
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        }

        @Override
        public List<String> words(Optional<T> value) {
            return value.map(kind::words).orElse(List.of(AUTO));
        }

        @Override
        public String expected() {
            return AUTO + ", or " + kind.expected();
        }
    }

    /// Several of some words, none twice, in an order that counts.
    record Sequence<E extends Enum<E>>(Labels<E> labels) implements OptionKind<List<E>> {

        @Override
        public List<String> candidates() {
            return labels.all();
        }

        @Override
        public Optional<List<E>> read(List<String> words) {
            return different(words, labels::value);
        }

        @Override
        public List<String> words(List<E> value) {
            return value.stream().map(labels::label).toList();
        }

        @Override
        public String expected() {
            return "one or more of %s, none twice".formatted(String.join(", ", candidates()));
        }

        @Override
        public boolean several() {
            return true;
        }
    }

    /// Several of some words, none twice, in any order.
    record Subset<E extends Enum<E>>(Labels<E> labels) implements OptionKind<Set<E>> {

        @Override
        public List<String> candidates() {
            return labels.all();
        }

        @Override
        public Optional<Set<E>> read(List<String> words) {
            return different(words, labels::value).map(Set::copyOf);
        }

        @Override
        public List<String> words(Set<E> value) {
            return labels.values().stream().filter(value::contains).map(labels::label).toList();
        }

        @Override
        public String expected() {
            return "one or more of %s, none twice".formatted(String.join(", ", candidates()));
        }

        @Override
        public boolean several() {
            return true;
        }
    }

    /// The name of a model, or `auto` for the directory's first. Whether there is such a model, the
    /// engine knows.
    @SuppressWarnings("OptionalMapToOptional") // the outer one tells whether the words can be read
    record ModelName() implements OptionKind<Optional<String>> {

        private static final String AUTO = "auto";
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+-]{1,64}");

        @Override
        public Optional<Optional<String>> read(List<String> words) {
            if (words.equals(List.of(AUTO))) {
                return Optional.of(Optional.empty());
            }
            var name = one(words).filter(word -> NAME.matcher(word).matches());
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        }

        @Override
        public List<String> words(Optional<String> value) {
            return List.of(value.orElse(AUTO));
        }

        @Override
        public String expected() {
            return "the name of a model, or " + AUTO;
        }
    }

    /// Four sides in percent: one number for all, two for top and bottom and the sides, three for
    /// top, the sides and bottom, or four from the top clockwise.
    record Sides() implements OptionKind<Margins> {

        @Override
        public Optional<Margins> read(List<String> words) {
            var numbers =
                    words.stream()
                            .map(OptionKind::whole)
                            .flatMap(Optional::stream)
                            .filter(value -> value >= 0 && value <= 100)
                            .toList();
            int count = numbers.size();
            return count == 0 || count > 4 || count < words.size()
                    ? Optional.empty()
                    : Optional.of(
                            new Margins(
                                    numbers.get(0),
                                    numbers.get(count > 1 ? 1 : 0),
                                    numbers.get(count > 2 ? 2 : 0),
                                    numbers.get(count > 3 ? 3 : count > 1 ? 1 : 0)));
        }

        @Override
        public List<String> words(Margins value) {
            return IntStream.of(value.top(), value.right(), value.bottom(), value.left())
                    .mapToObj(Integer::toString)
                    .toList();
        }

        @Override
        public String expected() {
            return "one to four whole numbers from 0 to 100";
        }

        @Override
        public boolean numeric() {
            return true;
        }

        @Override
        public boolean several() {
            return true;
        }
    }

    /// The side of a square in pixels as FaceFusion writes it, `640x640`, or `auto`, which is 0.
    record Square(int most) implements OptionKind<Integer> {

        private static final String AUTO = "auto";
        private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})x\\1");

        @Override
        public Optional<Integer> read(List<String> words) {
            return words.equals(List.of(AUTO))
                    ? Optional.of(0)
                    : one(words)
                            .map(SIZE::matcher)
                            .filter(Matcher::matches)
                            .map(size -> Integer.parseInt(size.group(1)))
                            .filter(side -> side <= most);
        }

        @Override
        public List<String> words(Integer value) {
            return List.of(value == 0 ? AUTO : "%dx%d".formatted(value, value));
        }

        @Override
        public String expected() {
            return "a square such as 512x512, at most %dx%d, or %s".formatted(most, most, AUTO);
        }
    }

    /// Angles in degrees, in an order that counts.
    record Angles() implements OptionKind<List<QuarterTurn>> {

        private static final Map<QuarterTurn, Integer> DEGREES =
                new EnumMap<>(
                        Map.of(
                                QuarterTurn.NONE,
                                0,
                                QuarterTurn.LEFT,
                                90,
                                QuarterTurn.HALF,
                                180,
                                QuarterTurn.RIGHT,
                                270));

        @Override
        public Optional<List<QuarterTurn>> read(List<String> words) {
            return different(words, Angles::turn);
        }

        @Override
        public List<String> words(List<QuarterTurn> value) {
            return value.stream()
                    .map(turn -> Objects.requireNonNull(DEGREES.get(turn)))
                    .map(degrees -> Integer.toString(degrees))
                    .toList();
        }

        @Override
        public String expected() {
            return "one or more of 0, 90, 180, 270, none twice";
        }

        @Override
        public boolean numeric() {
            return true;
        }

        @Override
        public boolean several() {
            return true;
        }

        private static Optional<QuarterTurn> turn(String word) {
            return DEGREES.entrySet().stream()
                    .filter(entry -> Integer.toString(entry.getValue()).equals(word))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }
    }

    /// The words for the values of an enum.
    ///
    /// @param spelling of each, as FaceFusion has it
    record Labels<E extends Enum<E>>(List<E> values, Function<E, String> spelling) {

        public Labels {
            values = List.copyOf(values);
        }

        static <E extends Enum<E>> Labels<E> dashed(E[] values) {
            return new Labels<>(List.of(values), value -> spelled(value).replace('_', '-'));
        }

        static <E extends Enum<E>> Labels<E> underscored(E[] values) {
            return new Labels<>(List.of(values), Labels::spelled);
        }

        private static String spelled(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }

        public String label(E value) {
            return spelling.apply(value);
        }

        Optional<E> value(String label) {
            return values.stream().filter(value -> label(value).equals(label)).findFirst();
        }

        List<String> all() {
            return values.stream().map(this::label).toList();
        }
    }

    private static Optional<String> one(List<String> words) {
        return words.size() == 1 ? Optional.of(words.getFirst()) : Optional.empty();
    }

    private static <E> Optional<List<E>> different(
            List<String> words, Function<String, Optional<E>> read) {
        var values = words.stream().map(read).flatMap(Optional::stream).toList();
        return values.isEmpty()
                        || values.size() < words.size()
                        || new HashSet<>(values).size() < values.size()
                ? Optional.empty()
                : Optional.of(values);
    }

    private static Optional<BigDecimal> number(String word) {
        try {
            return Optional.of(new BigDecimal(word));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> whole(String word) {
        try {
            return Optional.of(Integer.parseInt(word));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
