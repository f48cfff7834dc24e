package dev.facefusion.runtime.plugin.bundled;

import dev.facefusion.runtime.plugin.HealthContributor;
import dev.facefusion.runtime.plugin.HealthValue;
import dev.facefusion.runtime.plugin.RuntimeView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.regex.Pattern;

/// How long a TCP connection to `NETWORK_LATENCY_TARGET` takes to open, without the look-up of the
/// name. No value where no target is set; a target that cannot be reached is a fault.
public final class NetworkLatency implements HealthContributor {

    private static final Pattern TARGET = Pattern.compile("\\[?([^\\[\\]]+)]?:([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;
    private static final double NANOS_OF_A_SECOND = 1e9;

    @Override
    public String name() {
        return "network_latency";
    }

    @Override
    public String unit() {
        return "seconds";
    }

    /// @throws IllegalArgumentException if the target is not `host:port`
    @Override
    public Optional<HealthValue> value(RuntimeView runtime) throws IOException {
        var target = runtime.setting("NETWORK_LATENCY_TARGET");
        return target.isEmpty()
                ? Optional.empty()
                : Optional.of(HealthValue.of(secondsToConnect(address(target.get()))));
    }

    private static InetSocketAddress address(String target) throws IOException {
        var parts = TARGET.matcher(target);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > MAX_PORT) {
            throw new IllegalArgumentException(
                    "NETWORK_LATENCY_TARGET is \"%s\". Set it to host:port.".formatted(target));
        }
        return new InetSocketAddress(
                InetAddress.getByName(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    // A channel, unlike a socket, gives up when the thread is interrupted.
    private static double secondsToConnect(InetSocketAddress address) throws IOException {
        try (var channel = SocketChannel.open()) {
            long start = System.nanoTime();
            channel.connect(address);
            return (System.nanoTime() - start) / NANOS_OF_A_SECOND;
        }
    }
}
