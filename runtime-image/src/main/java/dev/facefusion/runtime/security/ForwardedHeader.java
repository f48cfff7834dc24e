package dev.facefusion.runtime.security;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The one header in which the trusted proxies say for whom they ask. The other is never read: a
/// client could send it, and a proxy that does not know it would hand it on.
public enum ForwardedHeader {
    /// `X-Forwarded-For: 203.0.113.7, 10.0.0.2`
    X_FORWARDED_FOR("X-Forwarded-For"),
    /// RFC 7239: `Forwarded: for=203.0.113.7;proto=https, for="[2001:db8::1]:4711"`
    FORWARDED("Forwarded");

    private static final Pattern FOR =
            Pattern.compile("(?:^|;)\\s*for\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;\"]+))\\s*(?:;|$)");
    private static final Pattern NODE =
            Pattern.compile("\\[([^\\]]+)](?::\\d{1,5})?|((?:\\d+\\.){3}\\d+)(?::\\d{1,5})?|(.*)");

    private final String wireName;

    ForwardedHeader(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /// Whom a request comes from: the peer itself unless it is a trusted proxy; then the last
    /// address, from the right, that is not a trusted proxy's either. What stands left of that one
    /// was written by the client or by those before it, and is not looked at.
    ///
    /// @param values of this header, in their order
    /// @throws IllegalArgumentException if an address that matters cannot be read
    public InetAddress client(InetAddress peer, List<String> values, AddressRanges proxies) {
        var client = peer;
        var hops = hops(values);
        for (var i = hops.size() - 1; i >= 0 && proxies.contain(client); i--) {
            client = address(hops.get(i));
        }
        return client;
    }

    private static List<String> hops(List<String> values) {
        var hops = new ArrayList<String>();
        values.forEach(value -> hops.addAll(List.of(value.split(",", -1))));
        return hops;
    }

    private InetAddress address(String hop) {
        return switch (this) {
            case X_FORWARDED_FOR -> node(hop.strip());
            case FORWARDED -> {
                var match = FOR.matcher(hop.toLowerCase(Locale.ROOT));
                if (!match.find()) {
                    throw new IllegalArgumentException("a hop has no for=");
                }
                yield node(match.group(1) != null ? match.group(1) : match.group(2));
            }
        };
    }

    // An address, with a port or without; an IPv6 address in brackets where a port may follow.
    private static InetAddress node(String text) {
        var match = NODE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("a hop is no address");
        }
        for (var group = 1; group <= 3; group++) {
            if (match.group(group) != null) {
                return AddressRange.literal(match.group(group));
            }
        }
        throw new IllegalArgumentException("a hop is no address");
    }
}
