package dev.facefusion.runtime.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/// The id that a request has in its response, its problem and the log: the client's own if it is
/// harmless, else a new one.
final class RequestId {

    static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    static String of(ServerRequest request) {
        return request.context()
                .get(HEADER, String.class)
                .orElseGet(() -> {
                    var id =
                            request.headers()
                                    .first(HEADER)
                                    .filter(sent -> HARMLESS.matcher(sent).matches())
                                    .orElseGet(RequestId::create);
                    request.context().register(HEADER, id);
                    return id;
                });
    }

    static String create() {
        return UUID.randomUUID().toString();
    }
}
