package dev.facefusion.runtime.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// `GET /openapi.yaml`: the description of this API, as OpenAPI 3.1.
public final class ApiDescriptionHandler implements Handler {

    // RFC 9512.
    private static final String MEDIA_TYPE = "application/yaml";

    private final byte[] description;

    private ApiDescriptionHandler(byte[] description) {
        this.description = description;
    }

    public static Endpoint endpoint() {
        return new Endpoint(
                Method.GET, "/openapi.yaml", new ApiDescriptionHandler(resource("/openapi.yaml")));
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Responses.send(request, response, 200, MEDIA_TYPE, description);
    }

    private static byte[] resource(String name) {
        try (var stream = ApiDescriptionHandler.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read from the jar", e);
        }
    }
}
