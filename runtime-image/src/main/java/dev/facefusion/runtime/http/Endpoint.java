package dev.facefusion.runtime.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;

/// What answers one method at one path of the task API.
///
/// @param path as Helidon matches it, such as `/v1/jobs/{id}`
public record Endpoint(Method method, String path, Handler handler) {

    /// Who may use an endpoint where clients must say who they are.
    enum Access {
        OPEN,
        KNOWN_CLIENTS
    }

    /// Open are the page, the description of the API and what a load balancer probes.
    Access access() {
        var open =
                path.equals("/")
                        || path.equals("/openapi.yaml")
                        || path.startsWith("/assets/")
                        || path.startsWith("/v2/health/");
        return open ? Access.OPEN : Access.KNOWN_CLIENTS;
    }
}
