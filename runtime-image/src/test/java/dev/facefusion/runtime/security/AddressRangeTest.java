package dev.facefusion.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    // Expected by Python's ipaddress: ip_address(a) in ip_network(r).
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.0/25, 192.0.2.127, true",
        "192.0.2.0/25, 192.0.2.128, false",
        "192.0.2.128/31, 192.0.2.129, true",
        "192.0.2.128/31, 192.0.2.130, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1/32, 192.0.2.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 203.0.113.9, false",
        "::/0, 2001:db8::1, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true"
    })
    void containsWhatSharesItsPrefix(String range, String address, boolean contained) {
        // when
        var contains = AddressRange.parse(range).contains(InetAddress.ofLiteral(address));

        // then
        assertThat(contains).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.1",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.1/8",
                "::1/129",
                "2001:db8::1/32",
                "fe80::1%eth0",
                "example.com",
                "256.0.0.1",
                "10.0.0.0/8/8",
                "[::1]"
            })
    void refusesWhatIsNoRange(String text) {
        // then
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text));
    }
}
