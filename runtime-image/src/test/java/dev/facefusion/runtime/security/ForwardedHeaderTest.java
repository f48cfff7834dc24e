package dev.facefusion.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHeaderTest {

    private static final AddressRanges PROXIES =
            new AddressRanges(
                    Stream.of("10.0.0.0/8", "fd00::/8").map(AddressRange::parse).toList());
    private static final String NONE = "none";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7 | none                              | 203.0.113.7",
                "203.0.113.7 | 198.51.100.1                      | 203.0.113.7", // a stranger's
                // word
                "203.0.113.7 | nonsense                          | 203.0.113.7",
                "10.0.0.1    | none                              | 10.0.0.1",
                "10.0.0.1    | 198.51.100.1                      | 198.51.100.1",
                "10.0.0.1    | 198.51.100.1, 10.0.0.2            | 198.51.100.1",
                "10.0.0.1    | 192.0.2.66, 198.51.100.1, 10.9.9.9 | 198.51.100.1", // forged left
                "10.0.0.1    | nonsense, 198.51.100.1            | 198.51.100.1",
                "10.0.0.1    | 10.0.0.3, 10.0.0.2                | 10.0.0.3", // from inside
                "10.0.0.1    | 198.51.100.1:4711                 | 198.51.100.1",
                "10.0.0.1    | 2001:db8::5                       | 2001:db8::5",
                "10.0.0.1    | [2001:db8::5]:443                 | 2001:db8::5",
                "fd00::1     | 2001:db8::5,fd00::2               | 2001:db8::5",
            })
    void findsTheLastAddressThatIsNoProxy(String peer, String header, String client) {
        // when
        var found =
                ForwardedHeader.X_FORWARDED_FOR.client(
                        InetAddress.ofLiteral(peer), values(header), PROXIES);

        // then
        assertThat(found).isEqualTo(InetAddress.ofLiteral(client));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "for=198.51.100.1 | 198.51.100.1",
                "For=198.51.100.1;proto=https;by=10.0.0.1 | 198.51.100.1",
                "proto=https; for=\"198.51.100.1:4711\" | 198.51.100.1",
                "for=192.0.2.66, for=\"[2001:DB8::5]:4711\", for=10.0.0.2 | 2001:db8::5",
            })
    void readsTheHeaderOfRfc7239(String header, String client) {
        // when
        var found =
                ForwardedHeader.FORWARDED.client(
                        InetAddress.ofLiteral("10.0.0.1"), values(header), PROXIES);

        // then
        assertThat(found).isEqualTo(InetAddress.ofLiteral(client));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "198.51.100.1,", "a b", "198.51.100.300", "host:80"})
    void refusesWhatATrustedProxyCannotMean(String header) {
        // then
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ForwardedHeader.X_FORWARDED_FOR.client(
                                InetAddress.ofLiteral("10.0.0.1"), List.of(header), PROXIES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"for=unknown", "for=_hidden", "by=10.0.0.1", "for=", "198.51.100.1"})
    void refusesWhatRfc7239DoesNotResolve(String header) {
        // then
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ForwardedHeader.FORWARDED.client(
                                InetAddress.ofLiteral("10.0.0.1"), List.of(header), PROXIES));
    }

    private static List<String> values(String header) {
        return header.equals(NONE) ? List.of() : Arrays.asList(header);
    }
}
