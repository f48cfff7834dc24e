package dev.facefusion.runtime.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;

/// What answers one method at one path of the task API.
///
/// @param path as Helidon matches it, such as `/v1/jobs/{id}`
public record Endpoint(Method method, String path, Handler handler) {}
