package dev.facefusion.runtime.security;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.net.InetAddress;
import java.util.List;

/// Several ranges; an address is of them if it is of one.
public record AddressRanges(List<AddressRange> ranges) {

    public AddressRanges {
        ranges = List.copyOf(ranges);
    }

    /// The ranges of a variable: none where it is absent.
    ///
    /// @throws ConfigException if one cannot be read
    public static AddressRanges from(Environment environment, String name) {
        try {
            return new AddressRanges(
                    environment.list(name).stream().map(AddressRange::parse).toList());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "%s is \"%s\": %s. Set it to a comma-separated list such as 10.0.0.0/8, 2001:db8::/32."
                            .formatted(name, environment.text(name).orElse(""), e.getMessage()));
        }
    }

    public boolean contain(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }
}
