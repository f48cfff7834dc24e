package dev.facefusion.runtime.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/// Never asks the DNS for the name of an address; asks for the address of a name as ever. Java
/// finds it by `META-INF/services`.
///
/// For each TLS connection Helidon 4.5.0 asks for the client's name before it reads a byte, and
/// does nothing with it: a DNS query per connection, and a wait of many seconds where the DNS is
/// slow.
public final class NoReverseLookups extends InetAddressResolverProvider {

    @Override
    public InetAddressResolver get(Configuration configuration) {
        var builtin = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                    throws UnknownHostException {
                return builtin.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                throw new UnknownHostException("addresses are not looked up");
            }
        };
    }

    @Override
    public String name() {
        return "no reverse look-ups";
    }
}
