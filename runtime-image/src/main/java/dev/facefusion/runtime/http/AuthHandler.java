package dev.facefusion.runtime.http;

import io.helidon.http.Method;

/// `GET /v1/auth`: 204 to a client that may use the task API, 401 or 403 to others. For a proxy
/// that wants to ask before it takes a body, such as Nginx with `auth_request`.
public final class AuthHandler {

    private AuthHandler() {}

    public static Endpoint endpoint() {
        return new Endpoint(
                Method.GET,
                "/v1/auth",
                (request, response) -> {
                    response.status(204).header(RequestId.HEADER, RequestId.of(request)).send();
                });
    }
}
