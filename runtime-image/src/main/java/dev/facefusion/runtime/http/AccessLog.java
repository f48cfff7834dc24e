package dev.facefusion.runtime.http;

import dev.facefusion.runtime.security.SecuritySettings.AccessLogDetail;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line per request, when it is over: what was asked for, by whom, and how it went.
///
/// The path is the endpoint's (`/v1/jobs/{id}`), never the request's: an id of a job lets whoever
/// knows it have the result where nobody must say who he is. No query string, no header, no body.
final class AccessLog implements Filter {

    private static final Logger log = LoggerFactory.getLogger("access");
    private static final Set<Method> METHODS =
            Set.of(Method.GET, Method.HEAD, Method.POST, Method.PUT, Method.PATCH, Method.DELETE);
    private static final int ABORTED = 499; // as Nginx logs a client that left

    private final AccessLogDetail detail;

    AccessLog(AccessLogDetail detail) {
        this.detail = detail;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var began = System.nanoTime();
        var whole = false;
        try {
            chain.proceed();
            whole = response.isSent();
        } finally {
            write(request, response, whole, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private void write(
            RoutingRequest request, RoutingResponse response, boolean whole, Duration elapsed) {
        if (detail == AccessLogDetail.OFF) {
            return;
        }
        var line =
                log.atInfo()
                        .addKeyValue("requestId", RequestId.of(request))
                        .addKeyValue("method", method(request.prologue().method()))
                        .addKeyValue("path", Endpoints.templateOf(request))
                        .addKeyValue("status", whole ? response.status().code() : ABORTED)
                        .addKeyValue("durationMillis", elapsed.toMillis())
                        .addKeyValue("bytes", response.bytesWritten());
        if (detail == AccessLogDetail.FULL) {
            line = line.addKeyValue("client", Client.of(request).name());
        }
        line.log("Request answered");
    }

    // A client may call its method what it likes.
    private static String method(Method method) {
        return METHODS.contains(method) ? method.text() : "other";
    }
}
