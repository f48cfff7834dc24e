package dev.facefusion.runtime.http;

import io.helidon.webserver.http.ServerRequest;

/// Whom a request is for: what the turns of the queue go round among, and who owns a job. It is
/// what authentication registered with the request's context, else the remote address.
///
/// @param name never shown to other clients
public record Client(String name) {

    static Client of(ServerRequest request) {
        return request.context()
                .get(Client.class)
                .orElseGet(() -> new Client(request.remotePeer().host()));
    }
}
