package dev.facefusion.runtime.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.facefusion.runtime.health.EngineFigures;
import dev.facefusion.runtime.health.RuntimeLife;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/// The health and metadata paths of the Open Inference Protocol v2, for probes, gateways and
/// clients that know KServe, Triton or NIM. Swaps are not tensors: there is no `infer`.
///
/// @see <a
///   href="https://github.com/open-inference/open-inference-protocol/blob/main/specification/protocol/inference_rest.md">
///   the protocol</a>
public final class OpenInferenceHandlers {

    private static final String JSON = "application/json";

    private final RuntimeLife life;

    private OpenInferenceHandlers(RuntimeLife life) {
        this.life = life;
    }

    public static List<Endpoint> endpoints(RuntimeLife life) {
        var handlers = new OpenInferenceHandlers(life);
        return List.of(
                new Endpoint(Method.GET, "/v2", OpenInferenceHandlers::server),
                new Endpoint(Method.GET, "/v2/health/live", OpenInferenceHandlers::live),
                new Endpoint(Method.GET, "/v2/health/ready", handlers::ready),
                new Endpoint(Method.GET, "/v2/models", handlers::models),
                new Endpoint(Method.GET, "/v2/models/{model}/ready", handlers::modelReady));
    }

    record Server(String name, String version, List<String> extensions) {}

    record Live(boolean live) {}

    record Ready(boolean ready) {}

    record Models(List<String> models) {}

    record ModelReady(String name, @JsonProperty("ready") boolean isReady) {}

    private static void server(ServerRequest request, ServerResponse response) {
        var version = OpenInferenceHandlers.class.getPackage().getImplementationVersion();
        // A build from classes has no version.
        var server =
                new Server("facefusion-runtime", version == null ? "unknown" : version, List.of());
        send(request, response, 200, server);
    }

    private static void live(ServerRequest request, ServerResponse response) {
        send(request, response, 200, new Live(true));
    }

    private void ready(ServerRequest request, ServerResponse response) {
        var ready = life.state().ready();
        send(request, response, ready ? 200 : 503, new Ready(ready));
    }

    private void models(ServerRequest request, ServerResponse response) {
        var names = life.engine().models().stream().map(EngineFigures.Model::name).toList();
        send(request, response, 200, new Models(names));
    }

    // A model is ready when swaps run with it: loaded, warm, and the server takes tasks.
    private void modelReady(ServerRequest request, ServerResponse response) {
        var name = request.path().pathParameters().get("model");
        var model =
                life.engine().models().stream()
                        .filter(known -> known.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new RequestRefused(new Refusal.NoSuchModel()));
        var ready = model.loaded() && life.state().ready();
        send(request, response, ready ? 200 : 503, new ModelReady(model.name(), ready));
    }

    private static void send(
            ServerRequest request, ServerResponse response, int status, Object body) {
        Responses.send(request, response, status, JSON, Responses.json(body));
    }
}
