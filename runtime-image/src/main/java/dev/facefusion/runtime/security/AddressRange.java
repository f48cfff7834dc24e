package dev.facefusion.runtime.security;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Addresses that share their first bits, as CIDR writes them: `10.0.0.0/8`, `2001:db8::/32`, or a
/// single `192.0.2.1`. An IPv4 address is of an IPv4 range only, also where it comes as
/// `::ffff:192.0.2.1`.
///
/// Java reads the literals itself since 22; no name is ever looked up.
///
/// @param network 4 or 16 bytes, all bits after the prefix 0
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AddressRange(byte[] network, int prefixBits) {

    // Java would also read `10.1` as 10.0.0.1, and a zone after %.
    private static final Pattern LITERAL =
            Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /// The range that a text names.
    ///
    /// @throws IllegalArgumentException if it is none, or has bits after its prefix
    public static AddressRange parse(String text) {
        var slash = text.indexOf('/');
        var address = literal(slash < 0 ? text : text.substring(0, slash)).getAddress();
        var bits = slash < 0 ? address.length * 8 : prefix(text.substring(slash + 1), address);
        for (var bit = bits; bit < address.length * 8; bit++) {
            if ((address[bit / 8] & mask(bit)) != 0) {
                throw new IllegalArgumentException(
                        "%s has bits after its prefix of %d".formatted(text, bits));
            }
        }
        return new AddressRange(address, bits);
    }

    /// The address that a literal names, without a look-up.
    ///
    /// @throws IllegalArgumentException if it is no literal
    public static InetAddress literal(String text) {
        if (!LITERAL.matcher(text).matches()) {
            throw new IllegalArgumentException("%s is no IP address".formatted(text));
        }
        return InetAddress.ofLiteral(text);
    }

    public boolean contains(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        var whole = prefixBits / 8;
        if (!Arrays.equals(bytes, 0, whole, network, 0, whole)) {
            return false;
        }
        for (var bit = whole * 8; bit < prefixBits; bit++) {
            if (((bytes[bit / 8] ^ network[bit / 8]) & mask(bit)) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int prefix(String text, byte[] address) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > address.length * 8) {
            throw new IllegalArgumentException(
                    "/%s is no prefix of 0 to %d bits".formatted(text, address.length * 8));
        }
        return Integer.parseInt(text);
    }

    private static int mask(int bit) {
        return 0x80 >> bit % 8;
    }
}
