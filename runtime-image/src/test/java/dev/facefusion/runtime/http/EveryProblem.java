package dev.facefusion.runtime.http;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Problems of every kind that the server can answer with: each [Refusal] once, and once for each
/// value of an enum that it holds.
final class EveryProblem {

    private EveryProblem() {}

    static Stream<Problem> kinds() {
        return Arrays.stream(Refusal.class.getPermittedSubclasses())
                .flatMap(EveryProblem::refusals)
                .map(refusal -> Problem.of(refusal, "request-1"));
    }

    /// As the table of `docs/api.md` and the examples name it, such as `404 no-such-path`.
    static String key(Problem problem) {
        return problem.status() + " " + kind(problem);
    }

    /// Such as `no-such-path`.
    static String kind(Problem problem) {
        return problem.type().replaceFirst("^urn:facefusion:problem:", "");
    }

    private static Stream<Refusal> refusals(Class<?> type) {
        var combinations = Stream.<List<Object>>of(List.of());
        for (var component : type.getRecordComponents()) {
            combinations =
                    combinations.flatMap(
                            before -> values(component).map(value -> with(before, value)));
        }
        return combinations.map(arguments -> make(type, arguments));
    }

    private static List<Object> with(List<Object> before, Object value) {
        var all = new ArrayList<>(before);
        all.add(value);
        return all;
    }

    private static Stream<?> values(RecordComponent component) {
        var type = component.getType();
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants());
        }
        if (component.getName().equals("status")) {
            return Stream.of(501, 505); // of HTTP's own, with which one kind of problem comes
        }
        return Stream.of(
                switch (type.getName()) {
                    case "java.lang.String" -> "text";
                    case "java.util.List" -> List.of("text");
                    case "java.time.Duration" -> Duration.ofSeconds(5);
                    case "int" -> 7;
                    case "long" -> 7L;
                    default -> throw new IllegalStateException("no sample of " + component);
                });
    }

    private static Refusal make(Class<?> type, List<Object> arguments) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            return (Refusal) constructor.newInstance(arguments.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
