package dev.facefusion.runtime.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The variables of one environment. A blank one counts as absent; every method names the one it
/// rejects, what it holds and the remedy.
public record Environment(Map<String, String> variables) {

    private static final int SECONDS_OF_A_DAY = 86_400;
    private static final long MEBIBYTE = 1024L * 1024;

    public Environment {
        variables = Map.copyOf(variables);
    }

    /// The variables of this process.
    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    public Optional<String> text(String name) {
        var value = variables.getOrDefault(name, "").strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    public Optional<Path> path(String name) {
        return text(name)
                .map(text -> {
                    try {
                        return Path.of(text);
                    } catch (InvalidPathException e) {
                        throw new ConfigException(
                                "%s is \"%s\". Set it to a path, or leave it out."
                                        .formatted(name, text));
                    }
                });
    }

    /// The literal of an IP address to listen at; all addresses of the machine where the variable
    /// is absent.
    ///
    /// @throws ConfigException if it is none
    public InetAddress address(String name) {
        return text(name)
                .map(text -> {
                    try {
                        return InetAddress.ofLiteral(text);
                    } catch (IllegalArgumentException e) {
                        throw new ConfigException(
                                "%s is \"%s\". Set it to an IP address such as 127.0.0.1 or ::1, or leave it out for all."
                                        .formatted(name, text));
                    }
                })
                .orElseGet(() -> new InetSocketAddress(0).getAddress());
    }

    /// A whole number from `min` to `max`.
    ///
    /// @throws ConfigException if it is not
    public int number(String name, int otherwise, int min, int max) {
        var text = text(name).orElse(Integer.toString(otherwise));
        try {
            var number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below, together with a number out of range
        }
        throw new ConfigException(
                "%s is \"%s\". Set it to a whole number from %d to %d, or leave it out for %d."
                        .formatted(name, text, min, max, otherwise));
    }

    /// Seconds, from 1 to those of a day.
    public Duration seconds(String name, int otherwise) {
        return seconds(name, otherwise, 1);
    }

    /// Seconds, from `min` to those of a day.
    public Duration seconds(String name, int otherwise, int min) {
        return Duration.ofSeconds(number(name, otherwise, min, SECONDS_OF_A_DAY));
    }

    /// Mebibytes, from 1 to `max`; in bytes.
    public long mebibytes(String name, int otherwise, int max) {
        return number(name, otherwise, 1, max) * MEBIBYTE;
    }

    /// One of the values; the first where the variable is absent.
    ///
    /// @throws ConfigException if the value is none of them
    public String oneOf(String name, List<String> values) {
        var text = text(name).orElse(values.getFirst());
        if (!values.contains(text)) {
            throw new ConfigException(
                    "%s is \"%s\". Set it to one of %s, or leave it out for %s."
                            .formatted(name, text, String.join(", ", values), values.getFirst()));
        }
        return text;
    }

    /// The items of a comma-separated list; empty where the variable is absent.
    public List<String> list(String name) {
        return text(name)
                .map(text -> Arrays.stream(text.split(",", -1)).map(String::strip).toList())
                .orElse(List.of());
    }
}
