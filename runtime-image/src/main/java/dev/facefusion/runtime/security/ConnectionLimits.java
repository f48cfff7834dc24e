package dev.facefusion.runtime.security;

import dev.facefusion.runtime.config.Environment;
import java.time.Duration;

/// What one client, and all of them together, may take of the task API's port.
///
/// @param connections at once; more wait in the kernel's backlog until one ends
/// @param perAddress connections at once from one address, unless it is a trusted proxy
/// @param headerTime how long the server waits, all waits added up, until a request's headers are
///   there; the TLS handshake counts
/// @param idleTime how long a connection may wait for its next request
/// @param bytesPerSecond that a body must arrive with, and an answer must be read with
/// @param stallTime what a client may be late against `bytesPerSecond`
/// @param headerBytes of one request, all headers together
/// @param uriBytes of a request line
public record ConnectionLimits(
        int connections,
        int perAddress,
        Duration headerTime,
        Duration idleTime,
        int bytesPerSecond,
        Duration stallTime,
        int headerBytes,
        int uriBytes) {

    private static final int KIBIBYTE = 1024;

    public static ConnectionLimits from(Environment environment) {
        return new ConnectionLimits(
                environment.number("MAX_CONNECTIONS", 1024, 1, 100_000),
                environment.number("MAX_CONNECTIONS_PER_ADDRESS", 128, 1, 100_000),
                environment.seconds("HEADER_TIMEOUT_SECONDS", 10),
                // Longer than Nginx keeps a connection to its upstream (60 s): the proxy closes
                // first, so that no request meets a closing connection.
                environment.seconds("IDLE_TIMEOUT_SECONDS", 75),
                environment.number("MIN_BYTES_PER_SECOND", 4096, 1, 1_000_000_000),
                environment.seconds("STALL_TIMEOUT_SECONDS", 20),
                environment.number("MAX_HEADER_KILOBYTES", 16, 1, 1024) * KIBIBYTE,
                environment.number("MAX_URI_BYTES", 4096, 128, 65_536));
    }
}
