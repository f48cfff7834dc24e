package dev.facefusion.runtime.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.facefusion.runtime.health.EngineFigures;
import dev.facefusion.runtime.health.RuntimeLife;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /v1/models`: what the runtime works with, and under which licence.
public final class ModelsHandler implements Handler {

    private final RuntimeLife life;

    private ModelsHandler(RuntimeLife life) {
        this.life = life;
    }

    public static Endpoint endpoint(RuntimeLife life) {
        return new Endpoint(Method.GET, "/v1/models", new ModelsHandler(life));
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Models(List<Model> models, @Nullable String digest) {}

    private record Model(String name, String sha256, String license, boolean loaded) {}

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Responses.send(
                request, response, 200, "application/json", Responses.json(models(life.engine())));
    }

    private static Models models(EngineFigures engine) {
        return new Models(
                engine.models().stream()
                        .map(model ->
                                new Model(
                                        model.name(),
                                        model.sha256(),
                                        model.license(),
                                        model.loaded()))
                        .toList(),
                engine.digest());
    }
}
